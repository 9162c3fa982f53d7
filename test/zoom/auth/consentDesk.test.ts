import { partitionsOf } from '../../../lib/state/names.js';
import { createTokenTurns } from '../../../lib/state/tokenTurns.js';
import { createConsentedZoom, never, redirectUri } from '../../fakes/consentedZoom.js';

describe('consent at Zoom', () => {
  it('is asked for with state and the digest of a verifier, which itself stays here', () => {
    const { consent } = createConsentedZoom().open();
    const url = new URL(consent.authorizeUrl('state-1', 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'));
    expect(url.origin + url.pathname).toBe('https://zoom.us/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client-1',
      redirect_uri: redirectUri,
      state: 'state-1',
      // The example of RFC 7636, appendix B.
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
  });

  it('is refused for a code that another began', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    const answer = await world.zoom.send(process.consent.authorizeUrl('state-1', 'theirs'));
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    await expect(world.clock.settle(process.consent.redeemCode(code, 'ours', never))).rejects.toMatchObject({
      fault: { code: 'ConsentExpired', whose: 'job' },
    });
    expect(await process.vault.read()).toBeNull();
  });

  it('tells a first consent from one that replaces another, whose tokens end with it', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    const first = await world.clock.settle(process.source.getToken(never));
    const answer = await world.zoom.send(process.consent.authorizeUrl('s', 'v'));
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect(await world.clock.settle(process.consent.redeemCode(code, 'v', never))).toBe(true);
    expect(await world.takes(first)).toBe(false);
    process.source.invalidate(first);
    expect(await world.takes(await world.clock.settle(process.source.getToken(never)))).toBe(true);
  });

  it('waits a minute for somebody who changes the tokens, and then says so', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    const { clock } = world;
    const turn = await createTokenTurns(world.tables, partitionsOf('job'), { clock, newId: () => 'other' }).take(
      180_000,
    );
    const startedMs = clock.nowMs();
    await expect(clock.settle(process.consent.revoke(never))).rejects.toMatchObject({
      fault: { code: 'TokensBusy', whose: 'us' },
    });
    expect(clock.nowMs() - startedMs).toBe(60_000);
    await turn?.release();
    expect(await clock.settle(process.consent.revoke(never))).toBe(true);
  });
});

describe('taking consent back', () => {
  it('ends both tokens at Zoom, forgets them, and says when there were none', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    expect(await world.clock.settle(process.consent.revoke(never))).toBe(false);
    await world.consentBy(process);
    const token = await world.clock.settle(process.source.getToken(never));
    const stored = await process.vault.read();
    expect(await world.clock.settle(process.consent.revoke(never))).toBe(true);
    expect(await world.takes(token)).toBe(false);
    expect(await process.vault.read()).toBeNull();
    expect(await world.credentials.read()).toBeNull();
    const form = { grant_type: 'refresh_token', refresh_token: stored?.refreshToken ?? '' };
    expect((await world.askZoom('/oauth/token', form)).status).toBe(400);
  });

  it('forgets tokens that Zoom knows no more', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    world.zoom.reset();
    expect(await world.clock.settle(process.consent.revoke(never))).toBe(true);
    expect(await process.vault.read()).toBeNull();
  });

  it('keeps them where Zoom cannot be asked', async () => {
    const world = createConsentedZoom();
    const process = world.open();
    await world.consentBy(process);
    world.zoom.addFault({ on: 'oauth.revoke', fault: { mode: 'status', code: 503 } });
    await expect(world.clock.settle(process.consent.revoke(never))).rejects.toMatchObject({
      fault: { whose: 'target' },
    });
    expect(await process.vault.read()).not.toBeNull();
  });
});
