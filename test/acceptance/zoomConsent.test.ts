import { createServer } from 'node:net';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createCredentialStore } from '../../lib/state/credentialStore.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createTokenTurns } from '../../lib/state/tokenTurns.js';
import { createTableTokenVault } from '../../lib/state/tokenVault.js';
import { connectConsent } from '../../lib/zoom/consent.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type RunningService, startService } from './runningService.js';

const link = z.object({ url: z.string(), expiresDateTime: z.iso.datetime() });
const jobShape = z.object({
  status: z.object({
    code: z.string(),
    quarantine: z.object({ error: z.object({ code: z.string(), message: z.string() }) }).nullable(),
  }),
});
const never = new AbortController().signal;

/** The redirect names the port, so it must be known before the host listens. */
const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });

describe('consent at Zoom through the functions’ registrations', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;
  let consentPath: string;

  beforeAll(async () => {
    const port = await findFreePort();
    service = await startService({
      connectionString: azurite.connectionString(),
      settings: { PORT: String(port), ZOOM_AUTH: 'authorizationCode' },
      redirectUris: [`http://127.0.0.1:${port}/api/zoom/callback`],
    });
    consentPath = `${service.jobUrl}/zoomConsent`;
    service.join('ada');
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const readJob = async () => jobShape.parse(await (await service.call('GET', service.jobUrl)).json()).status;
  const follow = (url: string | null): Promise<Response> => fetch(url ?? '', { redirect: 'manual' });
  const ask = async (): Promise<string> => link.parse(await (await service.call('POST', consentPath)).json()).url;
  /** What a browser does with the link: to Zoom, and back. */
  const consent = async (): Promise<Response> => {
    const toZoom = await follow(await ask());
    const back = await follow(toZoom.headers.get('location'));
    return follow(back.headers.get('location'));
  };
  const partitions = () => partitionsOf(service.jobUrl.split('/').at(-1) ?? '');
  const openTables = () =>
    createAzureTables({ connection: { kind: 'connectionString', connectionString: azurite.connectionString() } });
  const readTokens = async () => {
    const tokens = await createTableTokenVault(openTables(), partitions()).read();
    if (tokens === null) throw new Error('There are no tokens.');
    return tokens;
  };
  /** Another process of the app, as far as tokens go, over sockets of its own. */
  const openSource = () => {
    const { settings } = service.simulators;
    const tables = openTables();
    return connectConsent({
      clientId: settings['ZOOM_CLIENT_ID'] ?? '',
      clientSecret: settings['ZOOM_CLIENT_SECRET'] ?? '',
      oauthEndpoint: settings['ZOOM_OAUTH_ENDPOINT'] ?? '',
      redirectUri: 'http://127.0.0.1/unused',
      consentAddress: 'http://127.0.0.1/unused',
      vault: createTableTokenVault(tables, partitions()),
      credentials: createCredentialStore(tables, partitions()),
      turns: createTokenTurns(tables, partitions(), { clock: systemClock, newId: () => crypto.randomUUID() }),
      clock: systemClock,
      random: Math.random,
      newId: () => crypto.randomUUID(),
      timeoutMs: 10_000,
    }).source;
  };
  const askZoom = (name: 'token' | 'revoke', form: Record<string, string>): Promise<Response> => {
    const { settings } = service.simulators;
    const basic = Buffer.from(`${settings['ZOOM_CLIENT_ID']}:${settings['ZOOM_CLIENT_SECRET']}`).toString('base64');
    return fetch(`${settings['ZOOM_OAUTH_ENDPOINT']}/${name}`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    });
  };
  const tokenStatuses = (): readonly unknown[] =>
    service.simulators.zoom.journal.entries
      .filter(({ operation }) => operation === 'oauth.token')
      .map(({ status }) => status);

  it('is missing at first: the job says so, a tick starts nothing, and a run is refused', async () => {
    expect((await readJob()).code).toBe('NotConfigured');
    await service.host.invokeTimer('schedule', new Date());
    await service.host.drain();
    expect(await readJob()).toEqual({ code: 'NotConfigured', quarantine: null });
    const run = await service.call('POST', `${service.jobUrl}/run`);
    expect([run.status, await run.json()]).toEqual([
      409,
      { error: expect.objectContaining({ code: 'NotConfigured' }) },
    ]);
    expect(service.simulators.zoom.journal.entries).toEqual([]);
  });

  it('may be started by who may configure, and by nobody else', async () => {
    const { apiTokens } = service.simulators;
    const statusFor = async (method: string, authorization: string | null) =>
      (await service.call(method, consentPath, { authorization })).status;
    for (const method of ['POST', 'DELETE']) {
      expect(await statusFor(method, null)).toBe(401);
      expect(await statusFor(method, `Bearer ${apiTokens['Provisioning.Operate']}`)).toBe(403);
    }
    expect((await service.call('POST', `${service.jobUrl}x/zoomConsent`)).status).toBe(404);
  });

  it('is declined by the administrator', async () => {
    const { zoom } = service.simulators;
    zoom.settings.consent = 'declined';
    const page = await consent();
    zoom.settings.consent = 'given';
    expect(page.status).toBe(403);
    expect((await readJob()).code).toBe('NotConfigured');
  });

  it('is given by a link good once; then the job runs with its tokens', async () => {
    const url = await ask();
    const toZoom = await follow(url);
    expect([toZoom.status, (await follow(url)).status]).toEqual([302, 410]);
    const back = await follow(toZoom.headers.get('location'));
    const forged = new URL(back.headers.get('location') ?? '');
    forged.searchParams.set('state', 'made-up');
    expect((await follow(forged.href)).status).toBe(400);
    const page = await follow(back.headers.get('location'));
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    const { refreshToken, accessToken } = await readTokens();
    for (const secret of [refreshToken, accessToken]) expect(html).not.toContain(secret);
    expect((await follow(back.headers.get('location'))).status).toBe(410);
    expect((await readJob()).code).toBe('NotRun');
    await service.host.drain();
    expect(await readJob()).toEqual({ code: 'Active', quarantine: null });
    expect(service.accountId('ada')).not.toBe('');
  });

  it('is refreshed when Zoom refuses the access token in the middle of a cycle, and nothing is lost', async () => {
    service.join('ben');
    const before = await readTokens();
    service.simulators.zoom.addFault({ on: 'users.*', fault: { mode: 'token.expireMidCycle' }, times: 1 });
    await service.runByApi();
    const after = await readTokens();
    expect(service.accountId('ben')).not.toBe('');
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.authorisedAt).toBe(before.authorisedAt);
  });

  it('is refreshed once by two processes at the same time', async () => {
    const sources = [openSource(), openSource()];
    const [old] = await Promise.all(sources.map((source) => source.getToken(never)));
    for (const source of sources) source.invalidate(old ?? '');
    const count = tokenStatuses().length;
    const [one, other] = await Promise.all(sources.map((source) => source.getToken(never)));
    expect(one).toBe(other);
    expect(one).not.toBe(old);
    expect(tokenStatuses().slice(count)).toEqual([200]);
  });

  it.each([
    ['revoked at Zoom', 'RefreshTokenUnknown', (token: string) => askZoom('revoke', { token })],
    [
      'used by somebody else',
      'RefreshTokenReused',
      (token: string) => askZoom('token', { grant_type: 'refresh_token', refresh_token: token }),
    ],
  ])('stops the job when its token was %s, and says where to authorise again', async (_, code, spoil) => {
    expect((await spoil((await readTokens()).refreshToken)).status).toBe(200);
    service.simulators.zoom.addFault({ on: 'users.*', fault: { mode: 'token.expireMidCycle' }, times: 1 });
    service.join(`person-${code.toLowerCase()}`);
    await service.runByApi();
    expect(await readJob()).toEqual({
      code: 'Quarantine',
      quarantine: {
        error: {
          code,
          message: expect.stringContaining(`Authorise again: POST ${service.host.url}/api/${consentPath} `),
        },
      },
    });
    expect((await consent()).status).toBe(200);
    await service.host.drain();
    expect(await readJob()).toEqual({ code: 'Active', quarantine: null });
    expect(service.accountId(`person-${code.toLowerCase()}`)).not.toBe('');
  });

  it('is taken back: Zoom ends the tokens, and the job is as it was before', async () => {
    const { accessToken } = await readTokens();
    const listUsers = () =>
      fetch(`${service.simulators.settings['ZOOM_SCIM_ENDPOINT']}/Users?startIndex=1&count=1`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
    expect((await listUsers()).status).toBe(200);
    expect((await service.call('DELETE', consentPath)).status).toBe(204);
    expect((await listUsers()).status).toBe(401);
    expect((await service.call('DELETE', consentPath)).status).toBe(204);
    expect((await readJob()).code).toBe('NotConfigured');
    expect(told.mock.calls.join('')).not.toContain(accessToken);
  });
});
