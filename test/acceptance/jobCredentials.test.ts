import { z } from 'zod';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

const failure = z.object({ error: z.object({ code: z.string(), target: z.string().optional() }) });
const listing = z.object({ value: z.array(z.object({ key: z.string(), value: z.string().nullable() })) });

describe('the credentials of a job through the functions’ registrations', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;
  let secretsUrl: string;

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    secretsUrl = service.jobUrl.replace(/jobs\/.*/, 'secrets');
  });
  afterEach(() => {
    service.simulators.zoom.clearFaults();
    service.simulators.zoom.settings.sso = true;
    service.simulators.zoom.settings.appEnabled = true;
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const validate = (body: unknown) =>
    service.call('POST', `${service.jobUrl}/validateCredentials`, { body: JSON.stringify(body) });
  const refusalOf = async (response: Response) => {
    const { error } = failure.parse(await response.json());
    return [response.status, error.code, error.target];
  };
  const given = (...pairs: readonly (readonly [string, string])[]) => ({
    credentials: pairs.map(([key, value]) => ({ key, value })),
  });
  const saved = { useSavedCredentials: true };

  it('are good as they are saved, and as they are given again', async () => {
    expect((await validate(saved)).status).toBe(204);
    const { ZOOM_CLIENT_SECRET: secret = '', ZOOM_CLIENT_ID: id = '' } = service.simulators.settings;
    const response = await validate(given(['Oauth2ClientId', id], ['Oauth2ClientSecret', secret]));
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('are told apart from what the Zoom account lacks', async () => {
    expect(await refusalOf(await validate(given(['Oauth2ClientSecret', 'wrong'])))).toEqual([
      400,
      'CredentialsInvalid',
      'credentials',
    ]);
    expect(await refusalOf(await validate(given(['SecretToken', 'wrong'])))).toEqual([
      400,
      expect.any(String),
      'credentials',
    ]);
    service.simulators.zoom.settings.sso = false;
    expect(await refusalOf(await validate(saved))).toEqual([400, 'SingleSignOnDisabled', 'prerequisites']);
    const { ZOOM_CLIENT_SECRET: secret = '' } = service.simulators.settings;
    const response = await validate(given(['Oauth2ClientSecret', secret]));
    expect(await refusalOf(response)).toEqual([400, 'SingleSignOnDisabled', 'prerequisites']);
  });

  it('are renewed once at most for one question', async () => {
    const { zoom } = service.simulators;
    await validate(saved);
    zoom.addFault({ on: 'users.filter', fault: { mode: 'token.expireMidCycle' } });
    zoom.journal.clear();
    expect((await refusalOf(await validate(saved))).slice(0, 1)).toEqual([400]);
    expect(zoom.journal.entries.filter(({ operation }) => operation === 'oauth.token')).toHaveLength(1);
  });

  it('are not judged while Zoom cannot say', async () => {
    service.simulators.zoom.addFault({ on: 'users.filter', fault: { mode: 'status', code: 503 } });
    const response = await validate(saved);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusalOf(response)).toEqual([503, expect.any(String), 'service']);
  });

  it('go to no other address', async () => {
    const elsewhere = given(['BaseAddress', 'https://zoom.example/scim2'], ['SecretToken', 'x']);
    expect(await refusalOf(await validate(elsewhere))).toEqual([400, 'BadRequest', 'credentials']);
    expect(await refusalOf(await validate({}))).toEqual([400, 'BadRequest', 'credentials']);
  });

  it('are listed without a secret, beside settings that can be put', async () => {
    const response = await service.call('GET', secretsUrl);
    const body = listing.parse(await response.json());
    expect(checkGraphType('Collection(synchronizationSecretKeyStringValuePair)', body.value)).toEqual([]);
    const { ZOOM_CLIENT_SECRET: secret = '', ZOOM_CLIENT_ID: id = '' } = service.simulators.settings;
    expect(body.value).toContainEqual({ key: 'Oauth2ClientId', value: id });
    expect(body.value).toContainEqual({ key: 'Oauth2ClientSecret', value: null });
    expect(JSON.stringify(body)).not.toContain(secret);

    const put = (value: unknown) => service.call('PUT', secretsUrl, { body: JSON.stringify({ value }) });
    const settings = [
      { key: 'Oauth2ClientSecret', value: secret },
      { key: 'SkipOutOfScopeDeletions', value: 'True' },
    ];
    expect((await put(settings)).status).toBe(204);
    const changed = listing.parse(await (await service.call('GET', secretsUrl)).json());
    expect(changed.value).toContainEqual({ key: 'SkipOutOfScopeDeletions', value: 'True' });
    const refused = await put([{ key: 'Oauth2ClientSecret', value: 'another' }]);
    expect(await refusalOf(refused)).toEqual([400, 'BadRequest', 'value[0].value']);
  });

  it('decide by what was put who keeps an account', async () => {
    const assigned = service.join('ada');
    service.join('anchor');
    await service.runByApi();
    const { graph } = service.simulators;
    graph.dir.unassign({ principalId: assigned, appRoleId: service.simulators.appRoleIds.Licensed });
    await service.runByApi();
    const later = await service.runByApi();
    expect(later.received).toEqual([]);
    const body = JSON.stringify({ value: [{ key: 'SkipOutOfScopeDeletions', value: 'False' }] });
    expect((await service.call('PUT', secretsUrl, { body })).status).toBe(204);
    const removing = await service.runByApi();
    const writes = removing.received.filter(({ method }) => method !== 'GET');
    expect(writes).toMatchObject([{ method: 'PATCH', path: `/scim2/Users/${service.accountId('ada')}` }]);
  });
});
