import { type AuthoriserOptions, createAuthoriser } from '../../lib/api/authorise.js';
import { apiRoles, includesRole } from '../../lib/api/roles.js';
import { createTokenIssuer, type TokenIssuer } from '../../lib/sandbox/issuer/tokenIssuer.js';
import { createHeldClock, type HeldClock } from '../fakes/heldClock.js';

const audience = 'api://entra-zoom-sync';
const tenantId = '11111111-1111-4111-8111-111111111111';
const origin = 'http://127.0.0.1:9';

const setUp = (over: Partial<AuthoriserOptions> = {}) => {
  const clock: HeldClock = createHeldClock();
  const issuer: TokenIssuer = createTokenIssuer({ clock, origin });
  const refusals: string[] = [];
  const authorise = createAuthoriser({
    api: { audience, issuer: issuer.issuerOf(tenantId) },
    nowMs: clock.nowMs,
    fetch: (url, init) => issuer.send(url, init),
    onRefusal: (code) => refusals.push(code),
    ...over,
  });
  const bearer = async (request: Partial<Parameters<TokenIssuer['mintToken']>[0]> = {}) =>
    `Bearer ${await issuer.mintToken({ audience, tenantId, roles: ['Provisioning.Operate'], ...request })}`;
  return { clock, issuer, refusals, authorise, bearer };
};

describe('who gets in', () => {
  it('is a caller with a good token and the role, known by object and application', async () => {
    const { authorise, bearer } = setUp();
    const subject = '99999999-9999-4999-8999-999999999999';
    const clientId = '88888888-8888-4888-8888-888888888888';
    expect(await authorise(await bearer({ subject, clientId }), 'Provisioning.Operate')).toEqual({
      objectId: subject,
      applicationId: clientId,
      kind: 'application',
    });
  });

  it('is nobody while the API is not set up', async () => {
    const { authorise, bearer, refusals } = setUp({ api: null });
    await expect(authorise(await bearer(), 'Provisioning.Read')).rejects.toMatchObject({
      status: 401,
      code: 'ApiNotConfigured',
    });
    expect(refusals).toEqual(['ApiNotConfigured']);
  });

  it('is nobody while the issuer’s keys cannot be read, and is let in again after', async () => {
    let isDown = true;
    const { bearer, issuer, clock } = setUp();
    const authorise = createAuthoriser({
      api: { audience, issuer: issuer.issuerOf(tenantId) },
      nowMs: clock.nowMs,
      fetch: (url, init) => (isDown ? Promise.resolve(new Response('no', { status: 503 })) : issuer.send(url, init)),
      onRefusal: () => undefined,
    });
    await expect(authorise(await bearer(), 'Provisioning.Read')).rejects.toMatchObject({ code: 'IssuerUnreachable' });
    isDown = false;
    await expect(authorise(await bearer(), 'Provisioning.Read')).resolves.toBeDefined();
  });

  it('follows no configuration that leads its keys to another protocol', async () => {
    const { issuer, bearer, clock } = setUp();
    const authorise = createAuthoriser({
      api: { audience, issuer: issuer.issuerOf(tenantId) },
      nowMs: clock.nowMs,
      fetch: async () =>
        Response.json({ issuer: issuer.issuerOf(tenantId), jwks_uri: 'https://elsewhere.example/keys' }),
      onRefusal: () => undefined,
    });
    await expect(authorise(await bearer(), 'Provisioning.Read')).rejects.toMatchObject({ code: 'IssuerUnreachable' });
  });

  it('is not who had a good token an hour ago', async () => {
    const { authorise, bearer, clock } = setUp();
    const token = await bearer();
    await authorise(token, 'Provisioning.Read');
    clock.advance(3_600_000 + 120_000);
    await expect(authorise(token, 'Provisioning.Read')).rejects.toMatchObject({ status: 401 });
  });

  it('is who has a token of a key that came after the keys were read', async () => {
    jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const { authorise, bearer, issuer } = setUp();
      await authorise(await bearer(), 'Provisioning.Read');
      await issuer.rotateKeys({ dropOld: true });
      // The keys are not asked for more often than every few seconds, whoever sends tokens of unknown keys.
      jest.advanceTimersByTime(10_000);
      await expect(authorise(await bearer(), 'Provisioning.Read')).resolves.toBeDefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it.each(apiRoles)('by the role %s is whoever has it or one that contains it', (wanted) => {
    const index = apiRoles.indexOf(wanted);
    for (const [at, role] of apiRoles.entries()) expect(includesRole([role], wanted)).toBe(at >= index);
    expect(includesRole(['provisioning.configure', 'Owner'], wanted)).toBe(false);
  });

  it('is nobody without the role, and the refusal names the role', async () => {
    const { authorise, bearer, refusals } = setUp();
    await expect(authorise(await bearer(), 'Provisioning.Configure')).rejects.toMatchObject({
      status: 403,
      code: 'Authorization_RequestDenied',
      message: expect.stringContaining('Provisioning.Configure'),
    });
    expect(refusals).toEqual(['Authorization_RequestDenied']);
  });

  it('is nobody whose roles are no list', async () => {
    const { authorise, bearer } = setUp();
    const token = await bearer({ claims: { roles: 'Provisioning.Configure' } });
    await expect(authorise(token, 'Provisioning.Read')).rejects.toMatchObject({ status: 401 });
  });
});
