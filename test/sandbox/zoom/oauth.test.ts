import type { ZoomSimulator } from '../../../lib/sandbox/zoom/simulator.js';
import { type Answer, call, credentials, readAnswer, startZoom } from './zoomCalls.js';

const basic = `Basic ${Buffer.from('client-1:secret-1').toString('base64')}`;
const redirectUri = credentials.redirectUris[0] ?? '';

const post = async (
  zoom: ZoomSimulator,
  path: string,
  fields: Record<string, string>,
  authorization = basic,
): Promise<Answer> =>
  readAnswer(
    await zoom.send(`https://zoom.us${path}`, {
      method: 'POST',
      headers: { Authorization: authorization },
      body: new URLSearchParams(fields),
    }),
  );

const askToken = (zoom: ZoomSimulator, fields: Record<string, string>, authorization?: string) =>
  post(zoom, '/oauth/token', fields, authorization);

const serverToServer = { grant_type: 'account_credentials', account_id: 'ACC123' };

const list = (zoom: ZoomSimulator, token: string) =>
  call(zoom, 'GET', '/scim2/Users?startIndex=1&count=1', undefined, { Authorization: `Bearer ${token}` });

const consent = async (zoom: ZoomSimulator, redirect = redirectUri): Promise<Response> =>
  zoom.send(
    `https://zoom.us/oauth/authorize?response_type=code&client_id=client-1&state=s1&redirect_uri=${encodeURIComponent(redirect)}`,
  );

const readCode = (response: Response): string =>
  new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';

const authorizeOnce = async (zoom: ZoomSimulator): Promise<Answer> =>
  askToken(zoom, {
    grant_type: 'authorization_code',
    code: readCode(await consent(zoom)),
    redirect_uri: redirectUri,
  });

const refresh = (zoom: ZoomSimulator, token: string) =>
  askToken(zoom, { grant_type: 'refresh_token', refresh_token: token });

describe('server-to-server tokens', () => {
  test('are given for the account, last an hour and work side by side', async () => {
    const zoom = startZoom();
    const first = await askToken(zoom, serverToServer);
    expect(first.json).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'scim2:admin',
      api_url: 'https://api.zoom.us',
    });
    const second = await askToken(zoom, serverToServer);
    zoom.clock.advance(3_599_999);
    expect((await list(zoom, first.json.access_token)).status).toBe(200);
    expect((await list(zoom, second.json.access_token)).status).toBe(200);
    zoom.clock.advance(1);
    const expired = await list(zoom, first.json.access_token);
    expect([expired.status, expired.json.code]).toEqual([401, 124]);
  });

  test('are asked for by query, form or JSON', async () => {
    const zoom = startZoom();
    const headers = { Authorization: basic, 'Content-Type': 'application/json' };
    const byQuery = await zoom.send('https://zoom.us/oauth/token?grant_type=account_credentials&account_id=ACC123', {
      method: 'POST',
      headers: { Authorization: basic },
    });
    const byJson = await zoom.send('https://zoom.us/oauth/token', {
      method: 'POST',
      headers,
      body: JSON.stringify(serverToServer),
    });
    expect([byQuery.status, byJson.status]).toEqual([200, 200]);
  });

  test.each([
    [
      'a wrong secret',
      serverToServer,
      'Basic Y2xpZW50LTE6d3Jvbmc=',
      'Invalid client_id or client_secret',
      'invalid_client',
    ],
    ['no client', serverToServer, 'Bearer x', 'Missing client credentials (4706)', 'invalid_request'],
    ['no grant', { account_id: 'ACC123' }, basic, 'Missing grant type (4706)', 'invalid_request'],
    ['another grant', { grant_type: 'password' }, basic, 'unsupported grant type', 'unsupported_grant_type'],
    ['another account', { ...serverToServer, account_id: 'X' }, basic, 'Bad Request', 'invalid_request'],
  ])('are refused for %s', async (_, fields, authorization, reason, error) => {
    const answer = await askToken(startZoom(), fields, authorization);
    expect([answer.status, answer.json]).toEqual([400, { reason, error }]);
  });

  test('all stop when the app is deactivated', async () => {
    const zoom = startZoom();
    const { json } = await askToken(zoom, serverToServer);
    zoom.settings.appEnabled = false;
    expect((await list(zoom, json.access_token)).status).toBe(401);
    expect((await askToken(zoom, serverToServer)).json.reason).toMatch('4717');
    zoom.settings.oauthCodeIn = 'member';
    expect((await askToken(zoom, serverToServer)).json.code).toBe(4717);
  });
});

describe('the authorisation code', () => {
  test('comes back with the state, works once and gives a rotating refresh token', async () => {
    const zoom = startZoom();
    const redirect = await consent(zoom);
    expect(redirect.status).toBe(302);
    expect(new URL(redirect.headers.get('location') ?? '').searchParams.get('state')).toBe('s1');
    const fields = { grant_type: 'authorization_code', code: readCode(redirect), redirect_uri: redirectUri };
    const first = await askToken(zoom, fields);
    expect(first.json.refresh_token).toEqual(expect.any(String));
    expect((await askToken(zoom, fields)).json.reason).toMatch('4734');
    const second = await refresh(zoom, first.json.refresh_token);
    expect(second.json.refresh_token).not.toBe(first.json.refresh_token);
    const reused = await refresh(zoom, first.json.refresh_token);
    expect(reused.json).toEqual({ reason: 'Invalid Token!', error: 'invalid_grant' });
    expect((await refresh(zoom, second.json.refresh_token)).status).toBe(200);
  });

  test('expires after five minutes and wants the same redirect', async () => {
    const zoom = startZoom();
    const code = readCode(await consent(zoom));
    const other = await askToken(zoom, { grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1/x' });
    expect(other.json.reason).toMatch('4709');
    zoom.clock.advance(5 * 60_000);
    const late = await askToken(zoom, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    expect(late.json.reason).toMatch('4733');
    expect((await consent(zoom, 'http://127.0.0.1/x')).status).toBe(400);
  });

  test('a second authorisation voids the tokens of the first', async () => {
    const zoom = startZoom();
    const first = await authorizeOnce(zoom);
    const second = await authorizeOnce(zoom);
    expect((await refresh(zoom, first.json.refresh_token)).json.reason).toMatch('4741');
    expect((await list(zoom, first.json.access_token)).status).toBe(401);
    expect((await list(zoom, second.json.access_token)).status).toBe(200);
  });

  test('a refresh token ends with its lifetime, and with its revocation', async () => {
    const zoom = startZoom({ settings: { refreshLifetimeMs: 1000 } });
    const { json } = await authorizeOnce(zoom);
    zoom.clock.advance(1000);
    expect((await refresh(zoom, json.refresh_token)).json.reason).toMatch('4737');
    const again = await authorizeOnce(zoom);
    expect((await post(zoom, '/oauth/revoke', { token: again.json.refresh_token })).json).toEqual({
      status: 'success',
    });
    expect((await refresh(zoom, again.json.refresh_token)).status).toBe(400);
    expect((await list(zoom, again.json.access_token)).status).toBe(401);
  });
});

describe('what a token allows', () => {
  test('no token, an unknown one and one without the scope are told apart', async () => {
    const zoom = startZoom();
    const none = await call(zoom, 'GET', '/scim2/Users', undefined, { Authorization: '' });
    expect([none.status, none.json.code]).toEqual([401, 4700]);
    const unknown = await list(zoom, 'nonsense');
    expect([unknown.status, unknown.json]).toEqual([401, { code: 124, message: 'Invalid access token.' }]);
    zoom.settings.grantedScope = 'user:read:user:admin';
    const { json } = await askToken(zoom, serverToServer);
    const scopeless = await list(zoom, json.access_token);
    expect([scopeless.status, scopeless.json.code]).toEqual([400, 4700]);
    zoom.settings.grantedScope = 'meeting:read scim2';
    expect((await list(zoom, (await askToken(zoom, serverToServer)).json.access_token)).status).toBe(200);
  });

  test('static bearer tokens can be switched off', async () => {
    const zoom = startZoom();
    expect((await list(zoom, 'static-1')).status).toBe(200);
    zoom.settings.staticBearer = false;
    expect((await list(zoom, 'static-1')).status).toBe(401);
  });

  test.each([
    ['User:Read', 'GET', '/scim2/Users'],
    ['User:Edit', 'DELETE', '/scim2/Users/x'],
    ['Group:Read', 'GET', '/scim2/Groups'],
    ['Group:Edit', 'POST', '/scim2/Groups'],
  ] as const)('without the right %s, %s %s is 403', async (right, method, path) => {
    const zoom = startZoom();
    zoom.settings.rights = zoom.settings.rights.filter((held) => held !== right);
    const answer = await call(zoom, method, path);
    expect([answer.status, answer.json.detail]).toEqual([
      403,
      `The request was denied due to insufficient permissions: "${right}"`,
    ]);
  });

  test('without single sign-on every SCIM call is refused, and the body of a 401 may be SCIM', async () => {
    const zoom = startZoom({ settings: { sso: false, gatewayErrorShape: 'scim' } });
    for (const path of ['/scim2/Users', '/scim2/Groups', '/scim2/Users/x']) {
      expect((await call(zoom, 'GET', path)).json.detail).toBe('Account has not enabled Single Sign-On.');
    }
    expect((await list(zoom, 'nonsense')).json).toMatchObject({ status: 401, detail: 'Invalid access token.' });
  });
});

describe('paths', () => {
  test.each([
    ['GET', '/scim2/ServiceProviderConfig'],
    ['GET', '/scim2/Schemas'],
    ['POST', '/scim2/Bulk'],
    ['GET', '/scim2/Me'],
    ['POST', '/scim2/Users/.search'],
    ['GET', '/scim2/users'],
    ['GET', '/scim/Users'],
    ['GET', '/v2/scim2/Users'],
    ['DELETE', '/scim2/Users'],
    ['GET', '/oauth/token'],
  ])('%s %s does not exist', async (method, path) => {
    expect((await call(startZoom(), method, path)).status).toBe(404);
  });

  test('aliases are served where set, and a strict Accept is looked at where set', async () => {
    const zoom = startZoom({ settings: { aliases: ['/scim', '/v2/scim2'] } });
    expect((await call(zoom, 'GET', '/scim/Users')).status).toBe(200);
    expect((await call(zoom, 'GET', '/v2/scim2/Users')).status).toBe(200);
    zoom.settings.accept = 'strict';
    expect((await call(zoom, 'GET', '/scim/Users', undefined, { Accept: 'text/html' })).status).toBe(406);
    expect((await call(zoom, 'GET', '/scim/Users', undefined, { Accept: 'application/scim+json' })).status).toBe(200);
  });
});
