metadata description = 'The storage account of the app: its package, the state of the job, the provisioning log. No keys: identities only.'

@description('Name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('How the account is replicated.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('Name of the app\'s identity.')
param identityName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Keeps the account from being deleted: it holds who has which Zoom account, and why.')
param isProtected bool

@description('The container of the app\'s package.')
var packageContainer = 'app-package'

@description('The versions of the job\'s schema.')
var schemaContainer = 'provisioning-schemas'

@description('The queues, each with the one that takes what failed five times.')
var queueNames = [
  'provisioning-cycles'
  'provisioning-cycles-poison'
  'provisioning-demands'
  'provisioning-demands-poison'
]

@description('The tables that are there from the start. The log has one table a month, which the app makes and drops.')
var tableNames = ['Jobs', 'Cycles', 'Edges', 'Objects', 'Targets', 'Audit', 'Demands', 'GroupMembers', 'Credentials', 'Preview', 'Drift']

@description('Built-in roles for data, by what the app does.')
var roles = {
  // The host makes containers of its own, for its locks, and leases blobs in them.
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  queues: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource containers 'containers' = [
      for container in [packageContainer, schemaContainer]: {
        name: container
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for queue in queueNames: { name: queue }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for table in tableNames: { name: table }]
  }
}

resource blobRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, roles.blobs)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobs)
  }
}

resource tableRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, identityName, roles.tables)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tables)
  }
}

resource queueRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, index) in queueNames: {
    scope: account::queueService::queues[index]
    name: guid(account::queueService::queues[index].id, identityName, roles.queues)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queues)
    }
  }
]

resource protection 'Microsoft.Authorization/locks@2020-05-01' = if (isProtected) {
  scope: account
  name: 'keep-state'
  properties: {
    level: 'CanNotDelete'
    notes: 'The state of the provisioning job and its log.'
  }
}

@description('Name of the account, by which the app reaches it.')
output name string = account.name

@description('Address of the container that the app is deployed from.')
output packageContainerUri string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
