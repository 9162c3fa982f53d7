#!/usr/bin/env bash
# What main.bicep beside it does, for tenants where the Graph extension of Bicep is not allowed: grants the app's
# identity its permissions in Microsoft Graph and makes the API's app registration. May be run again: what is there
# already stays. Needs the Azure CLI, signed in as Privileged Role Administrator (Cloud Shell will do).
set -euo pipefail

usage() {
  echo "usage: grant.sh IDENTITY_PRINCIPAL_ID [--mail] [--name API_NAME]" >&2
  echo "  --mail   grants Mail.Send as well; narrow it to one mailbox in Exchange" >&2
  exit 2
}

identity=${1:-}
[[ "$identity" =~ ^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$ ]] || usage
shift
permissions=(User.Read.All GroupMember.Read.All Application.Read.All)
name='Zoom provisioning API'
while (($#)); do
  case "$1" in
    --mail) permissions+=(Mail.Send) ;;
    --name) name=${2:?--name wants a name}; shift ;;
    *) usage ;;
  esac
  shift
done
[[ "$name" =~ ^[A-Za-z0-9\ ._-]+$ ]] || { echo "The name may hold letters, digits, blanks, dots, hyphens." >&2; exit 2; }

tenant=$(az account show --query tenantId --output tsv)
cloud=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
graph="${cloud%/}/v1.0"
az_cli=04b07795-8ddb-461a-bbee-02f9e1bf7b46

get() { az rest --method get --url "$graph/$1" --query "$2" --output tsv; }
send() { az rest --method "$1" --url "$graph/$2" --headers 'Content-Type=application/json' --body "$3" "${@:4}"; }

# Ids that are the same at every run, so that a second one changes nothing.
stable_id() {
  local digest
  digest=$(printf '%s' "$tenant|$name|$1" | sha256sum)
  echo "${digest:0:8}-${digest:8:4}-5${digest:13:3}-a${digest:17:3}-${digest:20:12}"
}

# 1. Permissions in Microsoft Graph, which has this application id in every tenant.
resource=$(get "servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?\$select=id" id)
held=$(get "servicePrincipals/$identity/appRoleAssignments?\$top=999" "value[?resourceId=='$resource'].appRoleId")
for permission in "${permissions[@]}"; do
  role=$(get "servicePrincipals/$resource?\$select=appRoles" \
    "appRoles[?value=='$permission' && contains(allowedMemberTypes, 'Application')].id | [0]")
  if grep -qi -- "$role" <<<"$held"; then
    echo "$permission: granted before"
    continue
  fi
  send post "servicePrincipals/$resource/appRoleAssignedTo" \
    "{\"principalId\":\"$identity\",\"resourceId\":\"$resource\",\"appRoleId\":\"$role\"}" --output none
  echo "$permission: granted"
done

# 2. The API: its roles, version 2 tokens, and a scope by which the Azure CLI asks for them.
scope=$(stable_id access_as_user)
role_of() {
  printf '{"id":"%s","value":"%s","displayName":"%s","description":"%s","allowedMemberTypes":["User","Application"],"isEnabled":true}' \
    "$(stable_id "$1")" "$1" "$1" "$2"
}
roles="$(role_of Provisioning.Read 'Read the job, its schema and the provisioning logs.'),"
roles+="$(role_of Provisioning.Operate 'Run, start, pause and restart the job, provision on demand, release held removals.'),"
roles+="$(role_of Provisioning.Configure 'Change the schema, the settings and the way into Zoom.')"
scopes="[{\"id\":\"$scope\",\"value\":\"access_as_user\",\"type\":\"Admin\",\"isEnabled\":true,"
scopes+="\"adminConsentDisplayName\":\"Call the Zoom provisioning API\","
scopes+="\"adminConsentDescription\":\"Calls the API as the signed-in person, who needs one of its roles.\"}]"

app_id=$(get "applications?\$filter=displayName%20eq%20'${name// /%20}'&\$select=appId" 'value[0].appId')
if [[ -n "$app_id" && "$app_id" != None ]]; then
  echo "$name: registered before"
else
  app_id=$(send post applications \
    "{\"displayName\":\"$name\",\"signInAudience\":\"AzureADMyOrg\",\"appRoles\":[$roles],\"api\":{\"requestedAccessTokenVersion\":2,\"oauth2PermissionScopes\":$scopes}}" \
    --query appId --output tsv)
  # Graph takes a preauthorisation only for a scope that is there.
  send patch "applications(appId='$app_id')" \
    "{\"identifierUris\":[\"api://$app_id\"],\"api\":{\"requestedAccessTokenVersion\":2,\"oauth2PermissionScopes\":$scopes,\"preAuthorizedApplications\":[{\"appId\":\"$az_cli\",\"delegatedPermissionIds\":[\"$scope\"]}]}}" \
    --output none
  echo "$name: registered"
fi

# 3. Its enterprise application: whoever has no role gets no token.
principal=$(get "servicePrincipals?\$filter=appId%20eq%20'$app_id'&\$select=id" 'value[0].id')
if [[ -z "$principal" || "$principal" == None ]]; then
  principal=$(send post servicePrincipals "{\"appId\":\"$app_id\",\"appRoleAssignmentRequired\":true}" --query id --output tsv)
fi

echo
echo "apiAudience:    $app_id"
echo "apiPrincipalId: $principal"
echo "apiScope:       $(get "applications(appId='$app_id')?\$select=identifierUris" 'identifierUris[0]')/.default"
