metadata description = 'What a deployment is told about the job, Zoom and whoever is to hear of trouble.'

@export()
@description('How the app gets into Zoom.')
@sealed()
type zoomConnection = {
  @description('Kind of the Zoom app: server-to-server OAuth, one that an administrator authorises in a browser, or a fixed token.')
  auth: 'serverToServer' | 'authorizationCode' | 'bearer'

  @description('Account id of the server-to-server app; empty for the other kinds.')
  @maxLength(100)
  accountId: string

  @description('Client id of the Zoom app; empty for a fixed token.')
  @maxLength(100)
  clientId: string

  @description('Plan of the Zoom account, which says how many requests a second it takes.')
  plan: 'free' | 'pro' | 'business'
}

@export()
@description('What a removal leads to, as in delete:P30D for a deletion thirty days after the account was disabled.')
@maxLength(30)
type removalRule = string

@export()
@description('A removal rule for each way somebody may leave; one that is left out disables.')
@sealed()
type removalPolicy = {
  @description('Not assigned to the enterprise application any more.')
  unassigned: removalRule?

  @description('Kept out by a scoping filter.')
  filteredOut: removalRule?

  @description('Blocked from signing in.')
  blocked: removalRule?

  @description('Deleted, and still in the recycle bin.')
  softDeleted: removalRule?

  @description('Deleted for good.')
  hardDeleted: removalRule?
}

@export()
@description('The job, where it is to differ from the app\'s defaults. What an administrator changes through the API wins.')
@sealed()
type jobSettings = {
  @description('How often a cycle starts, as an ISO 8601 duration from PT5M to P7D. Default PT40M.')
  @minLength(4)
  @maxLength(20)
  cycleInterval: string?

  @description('When the app looks whether a cycle is due: six NCRONTAB fields, UTC. Default every five minutes.')
  @minLength(11)
  @maxLength(100)
  schedule: string?

  @description('How long one run of the queue function works, from PT1S to PT25M. Default PT8M.')
  @minLength(4)
  @maxLength(20)
  sliceBudget: string?

  @description('How long a worker holds the job without renewing, from PT3S to PT5M. Default PT90S.')
  @minLength(4)
  @maxLength(20)
  leaseDuration: string?

  @description('How often Zoom is compared with what is known of it, from PT1H to P1Y. Default P7D.')
  @minLength(3)
  @maxLength(20)
  reconcileInterval: string?

  @description('What was changed in Zoom: tell it, or put it right as well. Default report.')
  reconcileMode: 'report' | 'repair' | null

  @description('Removals in one cycle above which a person is asked. Default 100.')
  @minValue(0)
  @maxValue(1000000)
  deletionThreshold: int?

  @description('The same as a share of the active accounts, in percent. Default 10.')
  @minValue(0)
  @maxValue(100)
  deletionThresholdPercent: int?

  @description('Removals in 24 hours above which a person is asked. Default three times deletionThreshold.')
  @minValue(0)
  @maxValue(3000000)
  deletionThresholdDaily: int?

  @description('What happens to the account of somebody who leaves. Default: it is disabled.')
  removalPolicy: removalPolicy?

  @description('Leaves everybody alone who falls out of scope. Default false.')
  skipOutOfScopeDeletions: bool?

  @description('What to do with whoever finds no licence left: give Basic, or fail. Default basic.')
  licencePolicy: 'basic' | 'fail' | null

  @description('How many Zoom licences were bought, for warnings.')
  @minValue(0)
  @maxValue(10000000)
  licensedSeats: int?

  @description('How long the provisioning log is kept, from P1D to P10Y. Default P90D.')
  @minLength(3)
  @maxLength(20)
  logRetention: string?

  @description('Source attributes or target paths whose values the log replaces. Default none.')
  @maxLength(100)
  logRedact: string[]?

  @description('App roles of the enterprise application, the one that counts first in front, for whoever has several. Default none.')
  @maxLength(50)
  rolePrecedence: string[]?

  @description('How Zoom is spoken to. Default zoom.')
  zoomDialect: 'zoom' | 'rfc7644' | null

  @description('How members are taken out of a Zoom group: by a filter in the path, by values, or as a probe finds out. Default probe.')
  zoomMemberRemoval: 'filter' | 'value' | 'probe' | null

  @description('A ceiling of requests to Zoom a second, as a number in text. Default by the plan.')
  @minLength(1)
  @maxLength(10)
  zoomRequestsPerSecond: string?

  @description('Whether groups within assigned groups count. Default off.')
  nestedGroups: 'off' | 'on' | null

  @description('Name, within the package, of a schema file that the job starts with. Default the built-in Zoom schema.')
  @minLength(1)
  @maxLength(200)
  schemaFile: string?
}

@export()
@description('Who hears from the app itself, beside the alerts.')
@sealed()
type notificationSettings = {
  @description('Mailbox that the app sends from, by address or object id; empty for no mail. Needs Mail.Send.')
  @maxLength(320)
  sender: string

  @description('Addresses that the app sends to, separated by commas.')
  @maxLength(4000)
  recipients: string

  @description('Whether a webhook is called; its address and its secret are entered in the vault.')
  hasWebhook: bool
}
