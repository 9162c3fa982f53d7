// Before the environment is deleted: what goes, what stays, and that nobody meant to lose the state.

const { AZURE_RESOURCE_GROUP } = process.env;

process.stdout.write(`
This deletes the resource group ${AZURE_RESOURCE_GROUP}: the app, who has which Zoom account, the provisioning log.
Accounts in Zoom stay as they are. The locks keep-identity, keep-secrets and keep-state stop the deletion; whoever
means it takes them away first (README, Take it down). The vault can be taken back for 90 days, the storage account cannot.
`);
