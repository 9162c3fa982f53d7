import { createHash } from 'node:crypto';
import type { ZoomSimulator } from '../../../lib/sandbox/zoom/simulator.js';
import { type Answer, call, credentials, readAnswer, startZoom } from './zoomCalls.js';

const basic = `Basic ${Buffer.from('client-1:secret-1').toString('base64')}`;
const redirectUri = credentials.redirectUris[0] ?? '';
const verifier = 'a-verifier';
const challenge = createHash('sha256').update(verifier).digest('base64url');

const authorize = (zoom: ZoomSimulator, more: Record<string, string> = {}): Promise<Response> => {
  const query = { response_type: 'code', client_id: 'client-1', redirect_uri: redirectUri, state: 's1', ...more };
  return zoom.send(`https://zoom.us/oauth/authorize?${new URLSearchParams(query)}`);
};

const readBack = (response: Response): URLSearchParams => new URL(response.headers.get('location') ?? '').searchParams;

const askToken = async (zoom: ZoomSimulator, form: Record<string, string>): Promise<Answer> =>
  readAnswer(
    await zoom.send('https://zoom.us/oauth/token', {
      method: 'POST',
      headers: { Authorization: basic },
      body: new URLSearchParams(form),
    }),
  );

const exchange = (zoom: ZoomSimulator, code: string | null, more: Record<string, string> = {}): Promise<Answer> =>
  askToken(zoom, { grant_type: 'authorization_code', code: code ?? '', redirect_uri: redirectUri, ...more });

const refresh = (zoom: ZoomSimulator, token: string): Promise<Answer> =>
  askToken(zoom, { grant_type: 'refresh_token', refresh_token: token });

describe('PKCE', () => {
  const digest = { code_challenge: challenge, code_challenge_method: 'S256' };

  test.each([
    ['with its verifier', { code_verifier: verifier }, 200],
    ['with another', { code_verifier: 'another' }, 400],
    ['without one', {}, 400],
  ])('a code that was asked for with a digest is good %s: %o', async (_, form, status) => {
    const zoom = startZoom();
    const code = readBack(await authorize(zoom, digest)).get('code');
    const answer = await exchange(zoom, code, form);
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(answer.json.reason).toBe('Invalid code verifier');
      expect((await exchange(zoom, code, { code_verifier: verifier })).status).toBe(200);
    }
  });

  test('the plain form is refused', async () => {
    const zoom = startZoom();
    expect((await authorize(zoom, { code_challenge: verifier })).status).toBe(400);
    expect((await authorize(zoom, { code_challenge: verifier, code_challenge_method: 'plain' })).status).toBe(400);
  });
});

test('an administrator who declines comes back with the state and without a code', async () => {
  const zoom = startZoom({ settings: { consent: 'declined' } });
  expect(Object.fromEntries(readBack(await authorize(zoom)))).toEqual({ error: 'access_denied', state: 's1' });
});

describe('a refresh token that was used', () => {
  const consent = async (zoom: ZoomSimulator): Promise<string> =>
    (await exchange(zoom, readBack(await authorize(zoom)).get('code'))).json.refresh_token;

  test('is good once more within the tolerance, and voids what was given out for it before', async () => {
    const zoom = startZoom({ settings: { refreshToleranceMs: 60_000 } });
    const first = await consent(zoom);
    const lost = await refresh(zoom, first);
    zoom.clock.advance(59_999);
    const again = await refresh(zoom, first);
    expect(again.status).toBe(200);
    const list = (token: string) =>
      call(zoom, 'GET', '/scim2/Users?startIndex=1&count=1', undefined, { Authorization: `Bearer ${token}` });
    expect((await list(lost.json.access_token)).status).toBe(401);
    expect((await list(again.json.access_token)).status).toBe(200);
    expect((await refresh(zoom, lost.json.refresh_token)).json.reason).toBe('Invalid Token!');
    expect((await refresh(zoom, again.json.refresh_token)).status).toBe(200);
  });

  test('is dead after the tolerance, which is none by default', async () => {
    const zoom = startZoom();
    const first = await consent(zoom);
    await refresh(zoom, first);
    expect((await refresh(zoom, first)).json.reason).toBe('Invalid Token!');
    zoom.settings.refreshToleranceMs = 60_000;
    zoom.clock.advance(60_000);
    expect((await refresh(zoom, first)).status).toBe(400);
  });
});
