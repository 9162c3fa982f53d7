import type { ConsentTokens } from '../../../lib/engine/consent.js';
import { consentAddress, createConsentedZoom, never } from '../../fakes/consentedZoom.js';

const hourMs = 3_600_000;
const present = (tokens: ConsentTokens | null): ConsentTokens => {
  if (tokens === null) throw new Error('There are no tokens.');
  return tokens;
};

describe('the tokens of a consent', () => {
  it('are given out until a minute before they end, and shared with a process that starts later', async () => {
    const world = createConsentedZoom();
    const first = world.open();
    await world.consentBy(first);
    const token = await world.clock.settle(first.source.getToken(never));
    world.clock.advance(hourMs - 60_001);
    expect(await world.clock.settle(first.source.getToken(never))).toBe(token);
    expect(await world.clock.settle(world.open().source.getToken(never))).toBe(token);
    expect(await world.takes(token)).toBe(true);
    expect(world.tokenStatuses()).toEqual([200]);
  });

  it('rotate with each refresh: the new pair is kept before anybody uses it', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    const before = present(await process.vault.read());
    world.clock.advance(hourMs);
    const token = await world.clock.settle(process.source.getToken(never));
    const after = present(await process.vault.read());
    expect(after.accessToken).toBe(token);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.authorisedAt).toBe(before.authorisedAt);
    expect(await world.credentials.read()).toMatchObject({ kind: 'refreshToken', lastUsedAt: after.issuedAt });
    world.clock.advance(hourMs);
    await world.clock.settle(process.source.getToken(never));
    expect(world.tokenStatuses()).toEqual([200, 200, 200]);
  });

  it('are renewed after Zoom refused the access token, and not for another that refused an older one', async () => {
    const world = createConsentedZoom();
    const [one, other] = [world.open(), world.open()];
    await world.consentBy(one);
    const old = await world.clock.settle(one.source.getToken(never));
    expect(await world.clock.settle(other.source.getToken(never))).toBe(old);
    one.source.invalidate(old);
    const renewed = await world.clock.settle(one.source.getToken(never));
    expect(renewed).not.toBe(old);
    other.source.invalidate(old);
    expect(await world.clock.settle(other.source.getToken(never))).toBe(renewed);
    expect(world.tokenStatuses()).toEqual([200, 200]);
  });

  it('are missing before a consent, with the place to ask for one', async () => {
    const world = createConsentedZoom();
    await expect(world.clock.settle(world.open().source.getToken(never))).rejects.toMatchObject({
      fault: { code: 'ConsentMissing', whose: 'job', recommendedAction: expect.stringContaining(consentAddress) },
    });
    expect(world.tokenStatuses()).toEqual([]);
  });

  it('are refreshed once when two processes need them at the same time: the loser takes the winner’s', async () => {
    const world = createConsentedZoom();
    const processes = [world.open(), world.open(), world.open()];
    await world.consentBy(world.open());
    world.clock.advance(hourMs);
    world.zoom.addFault({ on: 'oauth.token', fault: { mode: 'latency.slow', delayMs: 5_000 } });
    const tokens = await world.clock.settle(Promise.all(processes.map(({ source }) => source.getToken(never))));
    expect(new Set(tokens).size).toBe(1);
    expect(world.tokenStatuses()).toEqual([200, 200]);
    expect(await world.takes(tokens[0] ?? '')).toBe(true);
  });
});

describe('a refresh token that is worth nothing', () => {
  it('says to authorise again, and where, when the consent was taken back at Zoom', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    const { refreshToken, accessToken } = present(await process.vault.read());
    expect((await world.askZoom('/oauth/revoke', { token: refreshToken })).status).toBe(200);
    process.source.invalidate(accessToken);
    await expect(world.clock.settle(process.source.getToken(never))).rejects.toMatchObject({
      fault: {
        code: 'RefreshTokenUnknown',
        whose: 'job',
        recommendedAction: expect.stringMatching(/Authorise again: POST .*\/zoomConsent /),
      },
    });
    await world.consentBy(process);
    expect(await world.takes(await world.clock.settle(process.source.getToken(never)))).toBe(true);
  });

  it('says so when somebody else has used it, and no secret stands in the fault', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    const { refreshToken } = present(await process.vault.read());
    await world.askZoom('/oauth/token', { grant_type: 'refresh_token', refresh_token: refreshToken });
    world.clock.advance(hourMs);
    const failure = await world.clock.settle(process.source.getToken(never)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ fault: { code: 'RefreshTokenReused', whose: 'job' } });
    expect(JSON.stringify(failure)).not.toContain(refreshToken);
  });

  it.each(['appApproved', 'ownerExists'] as const)('says so when %s is no more', async (setting) => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    world.zoom.settings[setting] = false;
    world.clock.advance(hourMs);
    await expect(world.clock.settle(process.source.getToken(never))).rejects.toMatchObject({
      fault: { whose: 'job', recommendedAction: expect.stringContaining(consentAddress) },
    });
  });

  it('recovers by what stands in the store when another replaced it past the turn', async () => {
    const world = createConsentedZoom();
    const winner = world.open();
    await world.consentBy(winner);
    world.clock.advance(hourMs);
    const old = present(await winner.vault.read());
    const granted: unknown = await (
      await world.askZoom('/oauth/token', { grant_type: 'refresh_token', refresh_token: old.refreshToken })
    ).json();
    const loser = world.open({
      wrapSend: (send) => async (input, init) => {
        await winner.vault.write({ ...old, ...toPair(granted, world.clock.nowMs()) });
        return send(input, init);
      },
    });
    const token = await world.clock.settle(loser.source.getToken(never));
    expect(await world.takes(token)).toBe(true);
    expect(world.tokenStatuses()).toEqual([200, 200, 400]);
  });
});

const toPair = (granted: unknown, nowMs: number) => ({
  refreshToken: String(Reflect.get(Object(granted), 'refresh_token')),
  accessToken: String(Reflect.get(Object(granted), 'access_token')),
  issuedAt: new Date(nowMs).toISOString(),
  accessExpiresAt: new Date(nowMs + hourMs).toISOString(),
});
