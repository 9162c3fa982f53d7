import { createLocalJWKSet, createRemoteJWKSet, customFetch, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { systemClock } from '../../../lib/clock.js';
import { listenTokenIssuer } from '../../../lib/sandbox/issuer/listenTokenIssuer.js';
import { type TokenOddity, type TokenRequest, tokenOddities } from '../../../lib/sandbox/issuer/mintToken.js';
import { createTokenIssuer, type TokenIssuer } from '../../../lib/sandbox/issuer/tokenIssuer.js';

const tenantId = '8f1c2b3a-0000-4000-8000-000000000001';
const audience = 'api://entra-zoom-sync';
const clock = { nowMs: () => Date.UTC(2026, 10, 23) };
const good: TokenRequest = { audience, tenantId, roles: ['Provisioning.Read'], subject: 'somebody' };

/** What a careful API does with a token: issuer, audience, algorithm, times, signature by the published keys. */
async function verify(issuer: TokenIssuer, token: string) {
  const configuration = await (
    await issuer.send(`${issuer.issuerOf(tenantId)}/.well-known/openid-configuration`)
  ).json();
  const jwks: JSONWebKeySet = await (await issuer.send(String(Reflect.get(Object(configuration), 'jwks_uri'))))
    .json()
    .then(asKeySet);
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
    issuer: issuer.issuerOf(tenantId),
    audience,
    algorithms: ['RS256'],
    currentDate: new Date(clock.nowMs()),
    requiredClaims: ['exp', 'nbf'],
  });
  return payload;
}

function asKeySet(value: unknown): JSONWebKeySet {
  const keys: unknown = Reflect.get(Object(value), 'keys');
  if (!Array.isArray(keys)) throw new Error('expected a key set');
  return { keys };
}

describe('a token of the issuer', () => {
  const issuer = createTokenIssuer({ clock });

  test('is good by its own discovery document and keys, and has the claims of an application', async () => {
    const payload = await verify(issuer, await issuer.mintToken(good));
    expect(payload).toMatchObject({
      aud: audience,
      iss: `http://127.0.0.1/${tenantId}/v2.0`,
      roles: ['Provisioning.Read'],
      sub: 'somebody',
      oid: 'somebody',
      tid: tenantId,
      ver: '2.0',
      exp: clock.nowMs() / 1000 + 3600,
    });
  });

  test('has no roles claim where it has no roles', async () => {
    expect(decodeJwt(await issuer.mintToken({ audience, tenantId }))).not.toHaveProperty('roles');
  });

  test('takes claims over its own', async () => {
    expect(decodeJwt(await issuer.mintToken({ ...good, claims: { roles: 'text' } })).roles).toBe('text');
  });

  const refusals: Readonly<Record<Exclude<TokenOddity, 'noKeyId'>, object>> = {
    expired: { code: 'ERR_JWT_EXPIRED', claim: 'exp' },
    notYetValid: { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'nbf' },
    wrongAudience: { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'aud' },
    wrongIssuer: { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'iss' },
    wrongTenant: { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'iss' },
    noExpiry: { code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'exp', reason: 'missing' },
    algorithmNone: { code: 'ERR_JOSE_ALG_NOT_ALLOWED' },
    algorithmHs256: { code: 'ERR_JOSE_ALG_NOT_ALLOWED' },
    unknownKey: { code: 'ERR_JWKS_NO_MATCHING_KEY' },
    foreignKeyUnderKnownId: { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
    badSignature: { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
  };

  test.each(tokenOddities.filter((oddity) => oddity !== 'noKeyId'))(
    'that is %s is refused for that',
    async (oddity) => {
      const token = await issuer.mintToken({ ...good, oddity });
      await expect(verify(issuer, token)).rejects.toMatchObject(refusals[oddity]);
    },
  );

  test('without a key id is good as long as one key is published, and ambiguous after a rotation', async () => {
    const own = createTokenIssuer({ clock });
    await expect(verify(own, await own.mintToken({ ...good, oddity: 'noKeyId' }))).resolves.toBeDefined();
    await own.rotateKeys();
    await expect(verify(own, await own.mintToken({ ...good, oddity: 'noKeyId' }))).rejects.toThrow();
  });
});

describe('rotating keys', () => {
  test('signs with the new key and keeps the old one published', async () => {
    const issuer = createTokenIssuer({ clock });
    const before = await issuer.mintToken(good);
    const keyId = await issuer.rotateKeys();
    const after = await issuer.mintToken(good);
    expect(JSON.parse(Buffer.from(after.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ kid: keyId });
    await expect(verify(issuer, before)).resolves.toBeDefined();
    await expect(verify(issuer, after)).resolves.toBeDefined();
  });

  test('can drop the old key', async () => {
    const issuer = createTokenIssuer({ clock });
    const before = await issuer.mintToken(good);
    await issuer.rotateKeys({ dropOld: true });
    await expect(verify(issuer, before)).rejects.toThrow();
  });

  test('is found by a client that keeps keys, which asks again for one it does not know', async () => {
    const issuer = createTokenIssuer({ clock });
    const keys = createRemoteJWKSet(new URL(`${issuer.origin}/${tenantId}/discovery/v2.0/keys`), {
      cooldownDuration: 0,
      [customFetch]: (url, init) => issuer.send(url, { method: 'GET', headers: init?.headers ?? {} }),
    });
    const options = { currentDate: new Date(clock.nowMs()), audience, issuer: issuer.issuerOf(tenantId) };
    await jwtVerify(await issuer.mintToken(good), keys, options);
    await jwtVerify(await issuer.mintToken(good), keys, options);
    await issuer.rotateKeys();
    await jwtVerify(await issuer.mintToken(good), keys, options);
    expect(issuer.journal).toEqual(Array.from({ length: 2 }, () => `GET /${tenantId}/discovery/v2.0/keys`));
  });
});

describe('ids', () => {
  test('are the same for the same seed', async () => {
    const draw = async (seed: number) => {
      const { uti, sub, azp } = decodeJwt(await createTokenIssuer({ clock, seed }).mintToken({ audience, tenantId }));
      return { uti, sub, azp };
    };
    expect(await draw(4)).toEqual(await draw(4));
    expect(await draw(4)).not.toEqual(await draw(5));
  });
});

describe('the token endpoint', () => {
  const clients = [{ clientId: 'client', clientSecret: 's3cret', grants: { [audience]: ['Provisioning.Operate'] } }];
  const issuer = createTokenIssuer({ clock, clients, tenants: [tenantId] });
  const ask = (form: Record<string, string>, tenant = tenantId) =>
    issuer.send(`${issuer.origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
  const form = {
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 's3cret',
    scope: `${audience}/.default`,
  };

  test('gives a token with the roles the client was granted', async () => {
    const response = await ask(form);
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    const payload = await verify(issuer, String(Reflect.get(Object(body), 'access_token')));
    expect(payload).toMatchObject({ roles: ['Provisioning.Operate'], azp: 'client' });
  });

  test.each([
    ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client', 7000215],
    ['an unknown client', { client_id: 'x' }, 400, 'unauthorized_client', 700016],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['a scope without .default', { scope: audience }, 400, 'invalid_scope', 1002012],
    ['a resource without grants', { scope: 'api://other/.default' }, 400, 'invalid_resource', 500011],
  ])('refuses %s as Entra does', async (_what, change, status, error, code) => {
    const response = await ask({ ...form, ...change });
    expect(response.status).toBe(status);
    const body: unknown = await response.json();
    expect(body).toMatchObject({ error, error_codes: [code] });
    expect(JSON.stringify(body)).not.toContain('s3cret');
  });

  test('refuses a tenant it does not know', async () => {
    const response = await ask(form, '8f1c2b3a-0000-4000-8000-00000000ffff');
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_tenant' }),
    ]);
  });
});

test('on a socket its documents and tokens name its address', async () => {
  const issuer = createTokenIssuer({ clock: systemClock });
  const listening = await listenTokenIssuer(issuer);
  try {
    const token = await issuer.mintToken(good);
    const keys = createRemoteJWKSet(new URL(`${listening.url}/${tenantId}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(token, keys, { issuer: `${listening.url}/${tenantId}/v2.0`, audience });
    expect(payload.tid).toBe(tenantId);
    expect((await fetch(`${listening.url}/${tenantId}/nowhere`)).status).toBe(404);
    expect((await fetch(`${listening.url}/common/v2.0/.well-known/openid-configuration`)).status).toBe(400);
  } finally {
    await listening.close();
  }
});
