metadata description = 'The Key Vault: the Zoom secrets that an administrator enters, and the one that the app rotates.'

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Names of the secrets that the app reads; an administrator enters their values.')
@maxLength(10)
param secretNames string[]

@description('Whether the app keeps a rotating refresh token here.')
param hasRotatingSecret bool

@description('Name of the app\'s identity.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Object id of the administrator who enters the secrets; empty where somebody else grants that.')
param administratorId string

@description('Whether the administrator is a person or a pipeline.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param administratorType string

@description('Resource id of the workspace that records who read or wrote which secret.')
param workspaceId string

@description('Takes back a vault of this name that was deleted, with its secrets.')
param isRecovered bool

@description('Keeps the vault from being deleted.')
param isProtected bool

@description('What stands in a secret until it is entered; the app never writes over what it did not write itself.')
var placeholder = 'to-be-entered'

@description('The secret that the app writes.')
var rotatingSecretName = 'zoom-refresh-token'

@description('Built-in roles for secrets.')
var roles = {
  read: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
  write: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    createMode: isRecovered ? 'recover' : 'default'
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' }
  }
}

// A redeployment must not put the placeholder over what was entered, or over a token that has rotated since.
@onlyIfNotExists()
resource secrets 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = [
  for secret in secretNames: {
    parent: vault
    name: secret
    properties: { value: placeholder, attributes: { enabled: true } }
  }
]

@onlyIfNotExists()
resource rotatingSecret 'Microsoft.KeyVault/vaults/secrets@2025-05-01' = if (hasRotatingSecret) {
  parent: vault
  name: rotatingSecretName
  properties: { value: placeholder, attributes: { enabled: true } }
}

resource readRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (secret, index) in secretNames: {
    scope: secrets[index]
    name: guid(secrets[index].id, identityName, roles.read)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.read)
    }
  }
]

resource rotatingRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasRotatingSecret) {
  scope: rotatingSecret
  name: guid(rotatingSecret.id, identityName, roles.write)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.write)
  }
}

resource administratorRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (secret, index) in secretNames: if (!empty(administratorId)) {
    scope: secrets[index]
    name: guid(secrets[index].id, administratorId, roles.write)
    properties: {
      principalId: administratorId
      principalType: administratorType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.write)
    }
  }
]

// The one stable version, of 2016, knows neither category groups nor a name of one's own.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

resource protection 'Microsoft.Authorization/locks@2020-05-01' = if (isProtected) {
  scope: vault
  name: 'keep-secrets'
  properties: {
    level: 'CanNotDelete'
    notes: 'The Zoom credentials of the provisioning job.'
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault, which the app is told.')
output uri string = vault.properties.vaultUri
