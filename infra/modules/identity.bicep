metadata description = 'The identity that the app is, everywhere: storage, Key Vault, Application Insights and Microsoft Graph.'

@description('Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Keeps the identity from being deleted: its permissions in Microsoft Graph go with it.')
param isProtected bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

resource protection 'Microsoft.Authorization/locks@2020-05-01' = if (isProtected) {
  scope: identity
  name: 'keep-identity'
  properties: {
    level: 'CanNotDelete'
    notes: 'The permissions in Microsoft Graph were granted to this identity.'
  }
}

@description('Resource id, which the app is told.')
output id string = identity.id

@description('Client id, by which the app asks for its tokens.')
output clientId string = identity.properties.clientId

@description('Object id of the service principal, to which roles and permissions are granted.')
output principalId string = identity.properties.principalId
