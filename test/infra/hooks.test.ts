import { spawnSync } from 'node:child_process';

const run = (script: string, env: Readonly<Record<string, string>>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
};

const whole = {
  ENTRA_SERVICE_PRINCIPAL_ID: '22222222-2222-4222-8222-222222222222',
  ZOOM_ACCOUNT_ID: 'account',
  ZOOM_CLIENT_ID: 'client',
};

const outputs = {
  API_URL: 'https://func-x.example/api',
  AZURE_RESOURCE_GROUP: 'rg-prod',
  AZURE_TENANT_ID: 'tenant',
  ENTRA_SERVICE_PRINCIPAL_ID: 'sp',
  FUNCTION_APP_NAME: 'func-x',
  IDENTITY_PRINCIPAL_ID: 'identity',
  JOB_ID: 'zoom.tenant.sp',
  KEY_VAULT_NAME: 'kv-x',
  NEEDS_MAIL_SEND: 'false',
  SECRETS_TO_ENTER: '["zoom-client-secret"]',
  ZOOM_AUTH: 'serverToServer',
  ZOOM_REDIRECT_URI: 'https://func-x.example/api/zoom/callback',
};

describe('before a deployment', () => {
  it('nothing is said where all is there', () => {
    expect(run('checkParameters', whole)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('all that is missing or malformed is named at once, and nothing is made', () => {
    const { status, stderr } = run('checkParameters', {
      ENTRA_SERVICE_PRINCIPAL_ID: 'Zoom',
      NOTIFICATION_EMAIL: 'a@b.example',
    });
    expect(status).toBe(1);
    expect(stderr.match(/^ {2}\w+/gm)?.map((name) => name.trim())).toEqual([
      'ENTRA_SERVICE_PRINCIPAL_ID',
      'ZOOM_CLIENT_ID',
      'ZOOM_ACCOUNT_ID',
      'NOTIFICATION_SENDER',
    ]);
  });

  it('a fixed token needs no client, and an unknown way is refused', () => {
    const { ENTRA_SERVICE_PRINCIPAL_ID } = whole;
    expect(run('checkParameters', { ENTRA_SERVICE_PRINCIPAL_ID, ZOOM_AUTH: 'bearer' }).status).toBe(0);
    expect(run('checkParameters', { ...whole, ZOOM_AUTH: 'jwt' }).stderr).toContain('ZOOM_AUTH');
  });
});

describe('after a deployment', () => {
  it('people are told what is left, each by role, with commands that name what was made', () => {
    const { status, stdout } = run('nextSteps', outputs);
    expect(status).toBe(0);
    expect(stdout).toContain('infra/graph/grant.sh identity\n');
    expect(stdout).toContain('az keyvault secret set --vault-name kv-x --name zoom-client-secret --file');
    expect(stdout).toContain('az functionapp restart --resource-group rg-prod --name func-x');
    expect(stdout).toContain('azd env set API_AUDIENCE');
    expect(stdout).toContain(
      'POST https://func-x.example/api/servicePrincipals/sp/synchronization/jobs/zoom.tenant.sp/start',
    );
    expect(stdout).not.toMatch(/undefined|--mail|zoomConsent|Exchange/);
  });

  it('mail and a consent bring steps of their own, and an audience that is set takes one away', () => {
    const { stdout } = run('nextSteps', {
      ...outputs,
      API_AUDIENCE: 'audience',
      NEEDS_MAIL_SEND: 'true',
      ZOOM_AUTH: 'authorizationCode',
    });
    expect(stdout).toContain('grant.sh identity --mail');
    expect(stdout).toContain('An Exchange administrator');
    expect(stdout).toContain('https://func-x.example/api/zoom/callback');
    expect(stdout).not.toContain('azd env set API_AUDIENCE');
  });
});

describe('before everything is deleted', () => {
  it('it is said what goes and which locks stop it', () => {
    const { status, stdout } = run('beforeDown', { AZURE_RESOURCE_GROUP: 'rg-prod' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/rg-prod[\s\S]*keep-identity, keep-secrets and keep-state/);
  });
});
