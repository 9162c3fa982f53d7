import { validateCredentials } from '../../lib/api/validateCredentials.js';
import { createCredentialsDoor } from '../../lib/compose/credentialsDoor.js';
import { readSettings } from '../../lib/config/readSettings.js';
import { jobRequest } from '../fakes/operator.js';
import { createTenant, servicePrincipalId, tenantId } from '../fakes/tenant.js';

const setUp = async () => {
  const tenant = await createTenant();
  const { accountId, clientId, clientSecret } = tenant.zoom.credentials;
  const settings = readSettings({
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    ENTRA_TENANT_ID: tenantId,
    ENTRA_SERVICE_PRINCIPAL_ID: servicePrincipalId,
    ZOOM_SCIM_ENDPOINT: 'http://127.0.0.1:2/scim2',
    ZOOM_OAUTH_ENDPOINT: 'http://127.0.0.1:2/oauth',
    ZOOM_ACCOUNT_ID: accountId,
    ZOOM_CLIENT_ID: clientId,
    ZOOM_CLIENT_SECRET: clientSecret,
  });
  const door = createCredentialsDoor(settings, tenant.world.target, tenant.clock, tenant.zoom.send);
  const validate = (body: unknown) =>
    tenant.clock.settle(validateCredentials(tenant.world, door, jobRequest(tenant, body)));
  const operations = () => tenant.zoom.journal.entries.map(({ operation }) => operation);
  return { tenant, validate, operations, credentials: { accountId, clientId, clientSecret } };
};

const given = (pairs: Readonly<Record<string, string>>) => ({
  credentials: Object.entries(pairs).map(([key, value]) => ({ key, value })),
});

describe('credentials that are tried out', () => {
  it('are good as saved, with one token and one harmless read', async () => {
    const { validate, operations } = await setUp();
    expect(await validate({ useSavedCredentials: true })).toMatchObject({ status: 204, body: undefined });
    expect(operations()).toEqual(['oauth.token', 'users.filter']);
    await validate({ useSavedCredentials: true });
    expect(operations()).toEqual(['oauth.token', 'users.filter', 'users.filter']);
  });

  it('are good as given, and what is not given is the deployment’s', async () => {
    const { validate, credentials } = await setUp();
    expect(await validate(given({ Oauth2ClientSecret: credentials.clientSecret }))).toMatchObject({ status: 204 });
  });

  it('are told to be bad, and the saved ones stay untouched', async () => {
    const { validate } = await setUp();
    await expect(validate(given({ Oauth2ClientSecret: 'wrong' }))).rejects.toMatchObject({
      status: 400,
      code: 'CredentialsInvalid',
      target: 'credentials',
    });
    await expect(validate(given({ SecretToken: 'wrong' }))).rejects.toMatchObject({
      status: 400,
      code: 'Unauthorized',
      target: 'credentials',
    });
    expect(await validate({ useSavedCredentials: true })).toMatchObject({ status: 204 });
  });

  it.each([
    ['account.ssoOff', 'SingleSignOnDisabled'],
    ['account.permissionLost', 'InsufficientRights'],
  ] as const)('are told from a prerequisite that is missing: %s', async (mode, code) => {
    const { tenant, validate } = await setUp();
    tenant.zoom.addFault({ on: 'users.filter', fault: { mode } });
    const refusal = await validate({ useSavedCredentials: true }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 400, code, target: 'prerequisites' });
    expect(refusal).toHaveProperty('details', [{ code: 'RecommendedAction', message: expect.any(String) }]);
  });

  it('are renewed once at most', async () => {
    const { tenant, validate, operations } = await setUp();
    tenant.zoom.addFault({ on: 'users.filter', fault: { mode: 'token.expireMidCycle' } });
    await expect(validate({ useSavedCredentials: true })).rejects.toMatchObject({ status: 400, code: 'Unauthorized' });
    expect(operations().filter((operation) => operation === 'oauth.token')).toHaveLength(2);
  });

  it('are not called bad where Zoom only asks to wait', async () => {
    const { tenant, validate } = await setUp();
    tenant.zoom.addFault({ on: 'users.filter', fault: { mode: 'rate.daily' } });
    const refusal = await validate({ useSavedCredentials: true }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 503, code: 'TooManyRequests', target: 'service' });
    expect(refusal).toHaveProperty('retryAfterSeconds', expect.any(Number));
  });

  it.each([
    ['nothing', {}],
    ['an empty list', { credentials: [] }],
    ['a key that nobody knows', { credentials: [{ key: 'UserName', value: 'x' }] }],
    ['another host', given({ BaseAddress: 'https://evil.example/scim2', SecretToken: 'x' })],
    ['another token endpoint', given({ Oauth2TokenExchangeUri: 'https://evil.example/token', SecretToken: 'x' })],
  ])('are refused as %s, and nothing is sent', async (_what, body) => {
    const { validate, operations } = await setUp();
    await expect(validate(body)).rejects.toMatchObject({ status: 400, code: 'BadRequest' });
    expect(operations()).toEqual([]);
  });
});
