metadata description = 'The alert rules, each with its query in a file of its own, and whoever hears of them.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Resource id of the workspace that the queries read.')
param workspaceId string

@description('Mail addresses, separated by commas; empty for none.')
@maxLength(2000)
param emails string

@description('One alert rule.')
@sealed()
type alert = {
  @description('Name of the rule, as the README has it.')
  name: string
  @description('What has happened.')
  text: string
  @description('KQL that answers with one row, or with one a dimension.')
  query: string
  @description('Column that is compared.')
  column: string
  @description('Column whose values are told apart, each with its own alert; empty for none.')
  dimension: string
  @description('How it is compared.')
  operator: 'GreaterThan' | 'LessThan' | 'LessThanOrEqual'
  @description('With what it is compared.')
  threshold: int
  @description('How far back the query sees.')
  window: string
  @description('How often it is asked.')
  frequency: string
  @description('From 0, critical, to 4.')
  severity: 0 | 1 | 2 | 3 | 4
}

var rules alert[] = [
  {
    name: 'No heartbeat'
    text: 'The app has not looked for due cycles for 30 minutes: nobody is provisioned and nobody is removed.'
    query: loadTextContent('../queries/alerts/noHeartbeat.kql')
    column: 'Heartbeats'
    dimension: ''
    operator: 'LessThan'
    threshold: 1
    window: 'PT30M'
    frequency: 'PT5M'
    severity: 1
  }
  {
    name: 'Quarantine'
    text: 'The job is in quarantine: it tries again ever more rarely, and is switched off after 28 days.'
    query: loadTextContent('../queries/alerts/quarantine.kql')
    column: 'Quarantined'
    dimension: ''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 1
  }
  {
    name: 'Removals held'
    text: 'More people would lose their accounts than is usual. A person must release or reject that.'
    query: loadTextContent('../queries/alerts/removalsHeld.kql')
    column: 'Held'
    dimension: ''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 2
  }
  {
    name: 'Many failures'
    text: 'More than a quarter of what was sent to Zoom in the last two hours has failed.'
    query: loadTextContent('../queries/alerts/failureRatio.kql')
    column: 'FailedPercent'
    dimension: ''
    operator: 'GreaterThan'
    threshold: 25
    window: 'PT2H'
    frequency: 'PT15M'
    severity: 2
  }
  {
    name: 'Cycle longer than its interval'
    text: 'An incremental cycle takes longer than the interval at which cycles start: changes arrive later than promised.'
    query: loadTextContent('../queries/alerts/cycleTooLong.kql')
    column: 'Intervals'
    dimension: ''
    operator: 'GreaterThan'
    threshold: 1
    window: 'PT15M'
    frequency: 'PT15M'
    severity: 3
  }
  {
    name: 'Poison message'
    text: 'A slice of a cycle failed five times and was given up. The next tick resumes the cycle.'
    query: loadTextContent('../queries/alerts/poisonMessage.kql')
    column: 'Messages'
    dimension: ''
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT5M'
    severity: 2
  }
  {
    name: 'Credential near its end'
    text: 'The Zoom credential ends within 30 days. Nobody is provisioned after that.'
    query: loadTextContent('../queries/alerts/credentialEnding.kql')
    column: 'DaysLeft'
    dimension: 'Credential'
    operator: 'LessThanOrEqual'
    threshold: 30
    window: 'PT6H'
    frequency: 'PT1H'
    severity: 2
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-entra-zoom-sync'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'zoomsync'
    emailReceivers: [
      for (email, index) in filter(split(emails, ','), part => !empty(trim(part))): {
        name: 'mail-${index}'
        emailAddress: trim(email)
        useCommonAlertSchema: true
      }
    ]
  }
}

resource scheduledQueryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.text
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: true
      // The workspace has no tables of telemetry before the app has run.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.column
            timeAggregation: rule.operator == 'GreaterThan' ? 'Maximum' : 'Minimum'
            dimensions: empty(rule.dimension) ? [] : [{ name: rule.dimension, operator: 'Include', values: ['*'] }]
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actionGroup.id] }
    }
  }
]
