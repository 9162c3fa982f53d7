// Before anything is made in Azure: is there what the app cannot start without? Every fault is named at once.

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const { ENTRA_SERVICE_PRINCIPAL_ID, NOTIFICATION_EMAIL, NOTIFICATION_SENDER, ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID } =
  process.env;
const auth = process.env.ZOOM_AUTH || 'serverToServer';
const ways = ['serverToServer', 'authorizationCode', 'bearer'];

const faults = [];
if (!guid.test(ENTRA_SERVICE_PRINCIPAL_ID ?? '')) {
  faults.push('ENTRA_SERVICE_PRINCIPAL_ID: the object id of the enterprise application (not its application id)');
}
if (!ways.includes(auth)) faults.push(`ZOOM_AUTH: one of ${ways.join(', ')}`);
if (auth !== 'bearer' && !ZOOM_CLIENT_ID) faults.push('ZOOM_CLIENT_ID: the client id of the Zoom app');
if (auth === 'serverToServer' && !ZOOM_ACCOUNT_ID) faults.push('ZOOM_ACCOUNT_ID: the account id of the Zoom app');
if (NOTIFICATION_EMAIL && !NOTIFICATION_SENDER) {
  faults.push('NOTIFICATION_SENDER: the mailbox that sends to NOTIFICATION_EMAIL');
}

if (faults.length > 0) {
  process.stderr.write(`Set these first, each with azd env set NAME VALUE:\n${faults.map((f) => `  ${f}\n`).join('')}`);
  process.exitCode = 1;
}
