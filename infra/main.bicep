metadata description = 'entra-zoom-sync: everything that it needs in a subscription, in a resource group of its own.'

targetScope = 'subscription'

import { jobSettings, notificationSettings, zoomConnection } from 'modules/types.bicep'
import { jobSettingsOf, notificationSettingsOf, secretNamesOf, zoomSettingsOf } from 'modules/settings.bicep'

@description('Name of the environment: part of every name, and of the resource group\'s.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of every resource. It must offer Flex Consumption.')
@minLength(1)
param location string

@description('Object id of the enterprise application whose assignments say who is provisioned.')
@minLength(36)
@maxLength(36)
param entraServicePrincipalId string

@description('The job\'s first state. Deploying is not switching on: start the job through the API when its preview is right.')
@allowed(['off', 'on'])
param provisioningStatus string = 'off'

@description('Whether assigned people are provisioned, or everybody.')
@allowed(['assigned', 'all'])
param provisioningScope string = 'assigned'

@description('How the app gets into Zoom. Its secrets are entered in the vault afterwards.')
param zoom zoomConnection

@description('The job, where it is to differ from the app\'s defaults.')
param job jobSettings = {}

@description('Who hears from the app itself.')
param notification notificationSettings = { sender: '', recipients: '', hasWebhook: false }

@description('Audience of the tokens that the app\'s API takes: apiAudience of infra/graph. While it is empty the API lets nobody in.')
@maxLength(200)
param apiAudience string = ''

@description('Mail addresses, separated by commas, that the alerts go to. Empty: alerts show in the portal only.')
@maxLength(2000)
param alertEmails string = ''

@description('Object id of whoever may enter the Zoom secrets in the vault; empty where somebody else grants that.')
@maxLength(36)
param administratorId string = ''

@description('Whether that is a person, a group or a pipeline.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param administratorType string = 'User'

@description('How the storage account is replicated. Regions with zones take Standard_ZRS as well.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How many instances each function may have. Zoom\'s limits are the account\'s, so more bring nothing.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionDays int = 90

@description('How many GB of telemetry a day are taken at most. What comes later that day is lost, and the alert on missing heartbeats fires.')
@minValue(1)
@maxValue(1000)
param telemetryDailyQuotaGb int = 2

@description('Takes back the vault of a former deployment of this environment, which was deleted within the last 90 days.')
param recoversVault bool = false

@description('Puts locks on the storage account, the vault and the identity, so that none is deleted by mistake.')
param protectsState bool = true

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var names = {
  identity: 'id-${token}'
  vault: 'kv-${token}'
  workspace: 'log-${token}'
  component: 'appi-${token}'
  app: 'func-${token}'
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: tags, isProtected: protectsState }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    componentName: names.component
    location: location
    tags: tags
    retentionDays: telemetryRetentionDays
    dailyQuotaGb: telemetryDailyQuotaGb
    identityName: names.identity
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    identityName: names.identity
    principalId: identity.outputs.principalId
    isProtected: protectsState
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    secretNames: secretNamesOf(zoom.auth, notification.hasWebhook)
    hasRotatingSecret: zoom.auth == 'authorizationCode'
    identityName: names.identity
    principalId: identity.outputs.principalId
    administratorId: administratorId
    administratorType: administratorType
    workspaceId: monitoring.outputs.workspaceId
    isRecovered: recoversVault
    isProtected: protectsState
  }
}

module functionApp 'modules/functionApp.bicep' = {
  scope: group
  params: {
    planName: 'plan-${token}'
    name: names.app
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    packageContainerUri: storage.outputs.packageContainerUri
    insightsConnectionString: monitoring.outputs.connectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: union(
      jobSettingsOf(job),
      zoomSettingsOf(zoom, vault.outputs.name),
      notificationSettingsOf(notification, vault.outputs.name),
      {
        ENTRA_TENANT_ID: tenant().tenantId
        ENTRA_SERVICE_PRINCIPAL_ID: entraServicePrincipalId
        PROVISIONING_STATUS: provisioningStatus
        PROVISIONING_SCOPE: provisioningScope
        KEY_VAULT_URI: vault.outputs.uri
        API_AUDIENCE: apiAudience
      }
    )
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId, emails: alertEmails }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    displayName: 'Zoom provisioning (${environmentName})'
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The tenant.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the function app.')
output FUNCTION_APP_NAME string = functionApp.outputs.name

@description('Address of the API.')
output API_URL string = '${functionApp.outputs.url}/api'

@description('The job.')
output JOB_ID string = 'zoom.${tenant().tenantId}.${entraServicePrincipalId}'

@description('Redirect address that the Zoom app must allow, where an administrator authorises it.')
output ZOOM_REDIRECT_URI string = '${functionApp.outputs.url}/api/zoom/callback'

@description('Name of the vault whose secrets are to be entered.')
output KEY_VAULT_NAME string = vault.outputs.name

@description('Which secrets are to be entered there.')
output SECRETS_TO_ENTER string[] = secretNamesOf(zoom.auth, notification.hasWebhook)

@description('Object id of the app\'s identity, to which infra/graph grants the permissions in Microsoft Graph.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('Client id of the identity, by which Exchange knows it.')
output IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('Name of the storage account that holds the state.')
output STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('Whether the app sends mail and so needs Mail.Send.')
output NEEDS_MAIL_SEND bool = !empty(notification.sender)
