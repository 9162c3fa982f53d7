// After the resources are made: what is left to people, and to whom. azd hands the deployment's outputs as variables.

const {
  API_AUDIENCE,
  API_URL,
  AZURE_RESOURCE_GROUP,
  AZURE_TENANT_ID,
  ENTRA_SERVICE_PRINCIPAL_ID,
  FUNCTION_APP_NAME,
  IDENTITY_PRINCIPAL_ID,
  JOB_ID,
  KEY_VAULT_NAME,
  NEEDS_MAIL_SEND,
  SECRETS_TO_ENTER,
  ZOOM_AUTH,
  ZOOM_REDIRECT_URI,
} = process.env;

/** azd hands a list as JSON. */
const readList = (text) => {
  const value = JSON.parse(text || '[]');
  return Array.isArray(value) ? value : [];
};

const needsMail = /^true$/i.test(NEEDS_MAIL_SEND ?? '');
const job = `${API_URL}/servicePrincipals/${ENTRA_SERVICE_PRINCIPAL_ID}/synchronization/jobs/${JOB_ID}`;

const steps = [];
steps.push({
  who: 'A Privileged Role Administrator of the directory',
  what: `grants the app its permissions in Microsoft Graph and makes the API's registration:
    infra/graph/grant.sh ${IDENTITY_PRINCIPAL_ID}${needsMail ? ' --mail' : ''}`,
});
if (needsMail) {
  steps.push({
    who: 'An Exchange administrator',
    what: 'narrows Mail.Send to the one mailbox of NOTIFICATION_SENDER (README, Deploy it).',
  });
}
if (!API_AUDIENCE) {
  steps.push({
    who: 'You',
    what: `let the API take its tokens, with the audience that the step before printed:
    azd env set API_AUDIENCE <audience>
    azd provision`,
  });
}
steps.push({
  who: 'The administrator of the Zoom account',
  what: `enters the secrets; then the app is restarted to read them:
${readList(SECRETS_TO_ENTER)
  .map(
    (name) => `    az keyvault secret set --vault-name ${KEY_VAULT_NAME} --name ${name} --file <file with the value>\n`,
  )
  .join('')}    az functionapp restart --resource-group ${AZURE_RESOURCE_GROUP} --name ${FUNCTION_APP_NAME}`,
});
if (ZOOM_AUTH === 'authorizationCode') {
  steps.push({
    who: 'The administrator of the Zoom account',
    what: `adds the redirect address ${ZOOM_REDIRECT_URI} to the Zoom app, then authorises it: POST ${job}/zoomConsent and open the url it answers.`,
  });
}
steps.push({
  who: 'An owner of the API’s enterprise application',
  what: 'assigns Provisioning.Read, .Operate or .Configure to whoever works with it.',
});
steps.push({
  who: 'Whoever has Provisioning.Operate',
  what: `looks at one person first, then starts the job, which is off until then:
    POST ${job}/provisionOnDemand
    POST ${job}/start`,
});

process.stdout.write(`
The app ${FUNCTION_APP_NAME} of tenant ${AZURE_TENANT_ID} is there. Left to do by hand:

${steps.map(({ who, what }, index) => `${index + 1}. ${who} ${what}\n`).join('\n')}
A grant takes up to a day to reach the app: its tokens are kept that long.
`);
