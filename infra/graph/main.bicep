metadata description = 'What an administrator of the directory gives the app: its permissions in Microsoft Graph, and the API that people and pipelines call. An entry of its own, since it needs rights in the directory and none in the subscription.'

extension microsoftGraphV1

@description('Object id of the app\'s identity: IDENTITY_PRINCIPAL_ID of the deployment.')
@minLength(36)
@maxLength(36)
param identityPrincipalId string

@description('Grants Mail.Send as well. Narrow it to the one mailbox in Exchange afterwards.')
param grantsMailSend bool = false

@description('What the API is called in the directory.')
@minLength(1)
@maxLength(120)
param apiName string = 'Zoom provisioning API'

@description('Lets the Azure CLI ask for tokens of the API for people who have a role in it.')
param allowsAzureCli bool = true

@description('Microsoft Graph, by the id that it has in every tenant.')
var graphAppId = '00000003-0000-0000-c000-000000000000'

@description('The Azure CLI, by the id that it has in every tenant.')
var azureCliAppId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'

@description('What the app reads: users with their managers, the members of groups, the assignments. Nothing of it writes to the directory.')
var permissions = concat(
  ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'],
  grantsMailSend ? ['Mail.Send'] : []
)

@description('The roles of the API; each contains the ones before it.')
var apiRoles = [
  { value: 'Provisioning.Read', text: 'Read the job, its schema and the provisioning logs.' }
  {
    value: 'Provisioning.Operate'
    text: 'Run, start, pause and restart the job, provision on demand, release held removals.'
  }
  { value: 'Provisioning.Configure', text: 'Change the schema, the settings and the way into Zoom.' }
]

var scopeId = guid(tenant().tenantId, apiName, 'access_as_user')

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: graphAppId
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for permission in permissions: {
    appRoleId: filter(
      graph.appRoles,
      role => role.value == permission && contains(role.allowedMemberTypes, 'Application')
    )[0].id
    principalId: identityPrincipalId
    resourceId: graph.id
  }
]

resource api 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: 'entra-zoom-sync-api-${uniqueString(tenant().tenantId, apiName)}'
  displayName: apiName
  signInAudience: 'AzureADMyOrg'
  identifierUris: ['api://${tenant().tenantId}/entra-zoom-sync-${uniqueString(tenant().tenantId, apiName)}']
  appRoles: [
    for role in apiRoles: {
      id: guid(tenant().tenantId, apiName, role.value)
      value: role.value
      displayName: role.value
      description: role.text
      allowedMemberTypes: ['User', 'Application']
      isEnabled: true
    }
  ]
  api: {
    requestedAccessTokenVersion: 2
    oauth2PermissionScopes: [
      {
        id: scopeId
        value: 'access_as_user'
        type: 'Admin'
        isEnabled: true
        adminConsentDisplayName: 'Call the Zoom provisioning API'
        adminConsentDescription: 'Calls the API as the signed-in person, who needs one of its roles.'
      }
    ]
    preAuthorizedApplications: allowsAzureCli ? [{ appId: azureCliAppId, delegatedPermissionIds: [scopeId] }] : []
  }
}

// Whoever has no role gets no token.
resource apiPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: api.appId
  appRoleAssignmentRequired: true
}

@description('Audience of the API\'s tokens: the parameter apiAudience of the deployment.')
output apiAudience string = api.appId

@description('Enterprise application to whose roles people and pipelines are assigned.')
output apiPrincipalId string = apiPrincipal.id

@description('What a client asks a token for.')
output apiScope string = '${api.identifierUris[0]}/.default'
