import { ConfigError } from '../../lib/config/configError.js';
import { readSettings } from '../../lib/config/readSettings.js';

const good = {
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  ENTRA_TENANT_ID: '11111111-1111-4111-8111-11111111111A',
  ENTRA_SERVICE_PRINCIPAL_ID: '22222222-2222-4222-8222-222222222222',
  ZOOM_ACCOUNT_ID: 'account',
  ZOOM_CLIENT_ID: 'client',
  ZOOM_CLIENT_SECRET: 'hush',
};

const faultsOf = (environment: Record<string, string>) => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('need few names and have the defaults of the documentation', () => {
    expect(readSettings(good)).toMatchObject({
      storage: { kind: 'connectionString' },
      tenantId: '11111111-1111-4111-8111-11111111111a',
      jobId: 'zoom.11111111-1111-4111-8111-11111111111a.22222222-2222-4222-8222-222222222222',
      provisioningStatus: 'on',
      scopeMode: 'assigned',
      nestedGroups: false,
      graph: { endpoint: 'https://graph.microsoft.com', fixedToken: null },
      zoom: {
        scimEndpoint: 'https://api.zoom.us/scim2',
        oauthEndpoint: 'https://zoom.us/oauth',
        auth: { kind: 'serverToServer', accountId: 'account' },
        dialect: 'zoom',
        memberRemoval: 'probe',
        plan: 'business',
        requestsPerSecond: null,
      },
      cycleIntervalMs: 40 * 60_000,
      sliceBudgetMs: 8 * 60_000,
      leaseDurationMs: 90_000,
      schedule: '0 */5 * * * *',
      schemaFile: null,
      deletionThreshold: 100,
      deletionThresholdPercent: 10,
      removalPolicy: { unassigned: { kind: 'disable' }, hardDeleted: { kind: 'disable' } },
      skipOutOfScopeDeletions: false,
      rolePrecedence: [],
      licencePolicy: 'basic',
      licensedSeats: null,
      notification: { mail: null, webhook: null, publicUrl: 'http://127.0.0.1:7071' },
      logRedact: [],
      api: null,
    });
  });

  it('takes both dialects', () => {
    for (const dialect of ['zoom', 'rfc7644']) {
      expect(readSettings({ ...good, ZOOM_DIALECT: dialect }).zoom.dialect).toBe(dialect);
    }
  });

  it.each([
    ['ENTRA_TENANT_ID', 'contoso.onmicrosoft.com'],
    ['ENTRA_SERVICE_PRINCIPAL_ID', '1234'],
    ['PROVISIONING_STATUS', 'yes'],
    ['PROVISIONING_SCOPE', 'everybody'],
    ['NESTED_GROUPS', 'deep'],
    ['GRAPH_ENDPOINT', 'http://graph.example'],
    ['GRAPH_ENDPOINT', 'https://user:pass@graph.microsoft.com'],
    ['GRAPH_ENDPOINT', 'https://graph.microsoft.com?x=1'],
    ['GRAPH_TOKEN', 'a-token'],
    ['ZOOM_SCIM_ENDPOINT', 'https://api.zoom.us/scim'],
    ['ZOOM_SCIM_ENDPOINT', 'ftp://api.zoom.us/scim2'],
    ['ZOOM_OAUTH_ENDPOINT', 'zoom.us/oauth'],
    ['ZOOM_AUTH', 'password'],
    ['ZOOM_DIALECT', 'okta'],
    ['ZOOM_PLAN', 'enterprise'],
    ['ZOOM_REQUESTS_PER_SECOND', '0'],
    ['CYCLE_INTERVAL', 'PT4M'],
    ['CYCLE_INTERVAL', '40 minutes'],
    ['SLICE_BUDGET', 'PT0S'],
    ['RECONCILE_INTERVAL', 'PT1M'],
    ['RECONCILE_MODE', 'fix'],
    ['LEASE_DURATION', 'PT2S'],
    ['SCHEDULE', '*/5 * * * *'],
    ['DELETION_THRESHOLD', '1.5'],
    ['DELETION_THRESHOLD_PERCENT', '101'],
    ['REMOVAL_POLICY', 'disable'],
    ['REMOVAL_POLICY', '{"unassigned":"erase"}'],
    ['REMOVAL_POLICY', '{"retired":"disable"}'],
    ['REMOVAL_POLICY', '{"blocked":"delete:soon"}'],
    ['SKIP_OUT_OF_SCOPE_DELETIONS', 'maybe'],
    ['API_ISSUER', 'http://login.example'],
    ['ZOOM_CLIENT_SECRET', '@Microsoft.KeyVault(SecretUri=https://v/secrets/x)'],
  ])('stop the start where %s is %s', (name, value) => {
    const faults = faultsOf({ ...good, [name]: value });
    expect(faults.map((fault) => fault.name)).toEqual([name]);
    expect(faults[0]?.expected).not.toBe('');
  });

  it('name every fault at once, with what was there, and never a secret', () => {
    const faults = faultsOf({
      ENTRA_TENANT_ID: 'x',
      GRAPH_TOKEN: 'hush-hush',
      ZOOM_CLIENT_SECRET: '@Microsoft.KeyVault(hush)',
    });
    expect(faults.map(({ name }) => name).sort()).toEqual([
      'AzureWebJobsStorage',
      'ENTRA_SERVICE_PRINCIPAL_ID',
      'ENTRA_TENANT_ID',
      'GRAPH_TOKEN',
      'ZOOM_ACCOUNT_ID',
      'ZOOM_CLIENT_ID',
      'ZOOM_CLIENT_SECRET',
    ]);
    const text = new ConfigError(faults).message;
    expect(text).toContain('ENTRA_TENANT_ID: expected a GUID; found "x"');
    expect(text).not.toContain('hush');
  });

  it('take http and a fixed token on loopback, and only there', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.1.2.3']) {
      const settings = { ...good, GRAPH_ENDPOINT: `http://${host}:8080/`, GRAPH_TOKEN: 't' };
      expect(readSettings(settings).graph).toEqual({ endpoint: `http://${host}:8080`, fixedToken: 't' });
    }
    expect(faultsOf({ ...good, GRAPH_ENDPOINT: 'http://127.0.0.1.example' })).toHaveLength(1);
  });

  it('read the whole policy of removals', () => {
    const policy = { unassigned: 'nothing', blocked: 'delete', hardDeleted: 'delete:P30D' };
    expect(readSettings({ ...good, REMOVAL_POLICY: JSON.stringify(policy) }).removalPolicy).toEqual({
      unassigned: { kind: 'nothing' },
      filteredOut: { kind: 'disable' },
      blocked: { kind: 'delete', afterMs: 0 },
      softDeleted: { kind: 'disable' },
      hardDeleted: { kind: 'delete', afterMs: 30 * 24 * 60 * 60_000 },
    });
  });

  it('need a bearer token and nothing else of Zoom where that is the way in', () => {
    const { ZOOM_ACCOUNT_ID: _a, ZOOM_CLIENT_ID: _b, ZOOM_CLIENT_SECRET: _c, ...rest } = good;
    expect(readSettings({ ...rest, ZOOM_AUTH: 'bearer', ZOOM_BEARER_TOKEN: 't' }).zoom.auth).toEqual({
      kind: 'bearer',
      token: 't',
    });
    expect(faultsOf({ ...rest, ZOOM_AUTH: 'bearer' }).map(({ name }) => name)).toEqual(['ZOOM_BEARER_TOKEN']);
  });

  describe('of the authorization code', () => {
    const { ZOOM_ACCOUNT_ID: _account, ...rest } = good;
    const consent = { ...rest, ZOOM_AUTH: 'authorizationCode' };
    const vault = { KEY_VAULT_URI: 'https://name.vault.azure.net/' };
    const authOf = (environment: Record<string, string>) => readSettings({ ...consent, ...environment }).zoom.auth;

    it('need the app’s own address and no account', () => {
      expect(authOf({})).toEqual({
        kind: 'authorizationCode',
        clientId: 'client',
        clientSecret: 'hush',
        publicUrl: 'http://127.0.0.1:7071',
        keyVaultUri: null,
      });
    });

    it.each([
      [{ WEBSITE_HOSTNAME: 'app.azurewebsites.net', ...vault }, 'https://app.azurewebsites.net'],
      [{ WEBSITE_HOSTNAME: 'localhost:7072' }, 'http://localhost:7072'],
      [{ HOST: 'localhost', PORT: '8080' }, 'http://localhost:8080'],
      [{ HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
    ])('find the address in %j', (environment, publicUrl) => {
      expect(authOf(environment)).toMatchObject({ publicUrl });
    });

    it('name the vault’s origin', () => {
      expect(authOf(vault)).toMatchObject({ keyVaultUri: 'https://name.vault.azure.net' });
    });

    it.each([
      [{ WEBSITE_HOSTNAME: 'app.azurewebsites.net' }, 'KEY_VAULT_URI'],
      [{ WEBSITE_HOSTNAME: 'app.example/path', ...vault }, 'WEBSITE_HOSTNAME'],
      [{ KEY_VAULT_URI: 'http://127.0.0.1' }, 'KEY_VAULT_URI'],
      [{ KEY_VAULT_URI: 'https://name.vault.azure.net/secrets/x' }, 'KEY_VAULT_URI'],
      [{ PORT: 'http' }, 'PORT'],
      [{ ZOOM_CLIENT_ID: '' }, 'ZOOM_CLIENT_ID'],
    ])('stop the start for %j', (environment, name) => {
      expect(faultsOf({ ...consent, ...environment }).map((fault) => fault.name)).toEqual([name]);
    });
  });

  it('reach storage by identity where an account is named', () => {
    const { AzureWebJobsStorage: _storage, ...rest } = good;
    expect(readSettings({ ...rest, AzureWebJobsStorage__accountName: 'account' }).storage).toEqual({
      kind: 'identity',
      accountName: 'account',
    });
  });

  it('let the API’s issuer follow from the tenant', () => {
    expect(readSettings({ ...good, API_AUDIENCE: 'api://x' }).api).toEqual({
      audience: 'api://x',
      issuer: 'https://login.microsoftonline.com/11111111-1111-4111-8111-11111111111a/v2.0',
    });
  });

  it('take an empty value for none, and spaces for nothing', () => {
    expect(
      faultsOf({ ...good, CYCLE_INTERVAL: '', SCHEDULE: '  ', ZOOM_CLIENT_ID: ' ' }).map(({ name }) => name),
    ).toEqual(['ZOOM_CLIENT_ID']);
    expect(readSettings({ ...good, LOG_REDACT: ' mail, ,department ' }).logRedact).toEqual(['mail', 'department']);
  });

  it('take one or several recipients, and a webhook with a key in its query', () => {
    const { notification } = readSettings({
      ...good,
      NOTIFICATION_EMAIL: 'ops@contoso.example; boss@contoso.example,ops@contoso.example',
      NOTIFICATION_SENDER: 'noreply@contoso.example',
      NOTIFICATION_WEBHOOK: 'https://hooks.example/in?sig=abc',
      NOTIFICATION_WEBHOOK_SECRET: 'sixteen characters',
    });
    expect(notification).toMatchObject({
      mail: { sender: 'noreply@contoso.example', recipients: ['ops@contoso.example', 'boss@contoso.example'] },
      webhook: { url: 'https://hooks.example/in?sig=abc', secret: 'sixteen characters' },
    });
  });

  it.each([
    [{ NOTIFICATION_EMAIL: 'ops@contoso.example' }, 'NOTIFICATION_SENDER'],
    [{ NOTIFICATION_EMAIL: 'nobody', NOTIFICATION_SENDER: 'a@b.example' }, 'NOTIFICATION_EMAIL'],
    [{ NOTIFICATION_EMAIL: 'a@b.example', NOTIFICATION_SENDER: '../users' }, 'NOTIFICATION_SENDER'],
    [{ NOTIFICATION_WEBHOOK: 'https://hooks.example' }, 'NOTIFICATION_WEBHOOK_SECRET'],
    [
      { NOTIFICATION_WEBHOOK: 'http://hooks.example', NOTIFICATION_WEBHOOK_SECRET: 'sixteen characters' },
      'NOTIFICATION_WEBHOOK',
    ],
    [
      { NOTIFICATION_WEBHOOK: 'https://a.example', NOTIFICATION_WEBHOOK_SECRET: 'short' },
      'NOTIFICATION_WEBHOOK_SECRET',
    ],
    [{ LICENCE_POLICY: 'ignore' }, 'LICENCE_POLICY'],
    [{ ZOOM_LICENSED_SEATS: '-1' }, 'ZOOM_LICENSED_SEATS'],
  ])('name what is missing or wrong about notifications and licences: %p', (environment, name) => {
    expect(faultsOf({ ...good, ...environment }).map((fault) => fault.name)).toEqual([name]);
  });
});
