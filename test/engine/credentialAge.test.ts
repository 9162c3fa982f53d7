import fc from 'fast-check';
import type { CredentialRow, CredentialStore } from '../../lib/engine/consent.js';
import { assessCredential, seeBearerToken } from '../../lib/engine/credentialAge.js';
import type { EventKeys, Notice } from '../../lib/engine/ports.js';
import { watchCredential } from '../../lib/engine/watchCredential.js';
import { createHeldClock } from '../fakes/heldClock.js';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const jwt = (claims: object): string =>
  ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
const seconds = (ms: number): number => ms / 1_000;

describe('a bearer token', () => {
  it('is told of after eleven months, and not a day before', () => {
    const row = seeBearerToken(null, 'opaque', startMs);
    expect(assessCredential(row, startMs + 334 * dayMs)).toMatchObject({ credentialDaysLeft: 31, isEnding: false });
    expect(assessCredential(row, startMs + 335 * dayMs)).toMatchObject({
      credentialAge: 335,
      credentialDaysLeft: 30,
      isEnding: true,
    });
    expect(assessCredential(row, startMs + 400 * dayMs)).toMatchObject({ credentialDaysLeft: -35, isEnding: true });
  });

  it('counts from when it was first seen, until another is entered', () => {
    const row = seeBearerToken(null, 'opaque', startMs);
    expect(seeBearerToken(row, 'opaque', startMs + 100 * dayMs)).toBe(row);
    const next = seeBearerToken({ ...row, told: 'told' }, 'another', startMs + 100 * dayMs);
    expect(next).toMatchObject({ since: new Date(startMs + 100 * dayMs).toISOString(), told: null });
  });

  it('is known by a digest only', () => {
    expect(JSON.stringify(seeBearerToken(null, 'a-very-secret-token', startMs))).not.toContain('a-very-secret-token');
  });

  it('that is a JWT says itself when it was issued and when it ends', () => {
    const token = jwt({ iat: seconds(startMs - 10 * dayMs), exp: seconds(startMs + 20 * dayMs) });
    expect(assessCredential(seeBearerToken(null, token, startMs), startMs)).toMatchObject({
      credentialAge: 10,
      credentialDaysLeft: 20,
      isEnding: true,
    });
  });

  it.each([
    ['three parts of nothing', 'a.b.c'],
    ['claims that are no object', jwt([1])],
    ['an end that is no number', jwt({ exp: 'soon' })],
    ['an end beyond all time', jwt({ exp: 1e300 })],
    ['an end before all time', jwt({ exp: -5 })],
  ])('that only looks like one counts from when it was seen: %s', (_, token) => {
    expect(seeBearerToken(null, token, startMs)).toMatchObject({
      since: new Date(startMs).toISOString(),
      expiresAt: null,
    });
  });

  it('takes any text for a token', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        const age = assessCredential(seeBearerToken(null, token, startMs), startMs + dayMs);
        return Number.isInteger(age.credentialAge) && Number.isInteger(age.credentialDaysLeft);
      }),
    );
  });
});

describe('a consent', () => {
  const row: CredentialRow = {
    kind: 'refreshToken',
    fingerprint: 'consent',
    since: new Date(startMs).toISOString(),
    lastUsedAt: new Date(startMs + 200 * dayMs).toISOString(),
    expiresAt: null,
    told: null,
  };

  it('counts from its last use, however long ago it was given', () => {
    expect(assessCredential(row, startMs + 201 * dayMs)).toMatchObject({ credentialAge: 1, isEnding: false });
    expect(assessCredential(row, startMs + 260 * dayMs)).toMatchObject({ credentialDaysLeft: 30, isEnding: true });
  });
});

describe('watching it', () => {
  const setUp = (first: CredentialRow | null) => {
    let row = first;
    const credentials: CredentialStore = {
      read: async () => row,
      update: async (change) => {
        row = change(row);
        return row;
      },
    };
    const clock = createHeldClock({ nowMs: startMs });
    const notices: Notice[] = [];
    const events: { readonly level: string; readonly name: string; readonly keys: EventKeys }[] = [];
    const world = {
      jobId: 'job',
      clock,
      notifier: { notify: async (notice: Notice) => void notices.push(notice) },
      telemetry: {
        event: (level: string, name: string, keys: EventKeys) => void events.push({ level, name, keys }),
        count: () => undefined,
      },
    };
    const watch = () => watchCredential(world, credentials, new AbortController().signal);
    return { clock, notices, events, watch, credentials };
  };

  it('tells once of one that is ending, by event and by notice', async () => {
    const { clock, notices, events, watch } = setUp(seeBearerToken(null, 'opaque', startMs));
    await watch();
    expect(notices).toEqual([]);
    clock.advance(340 * dayMs);
    await watch();
    await watch();
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toMatch(/340 days old and is taken to last 25 days more\.$/);
    expect(notices[0]).toMatchObject({ action: expect.stringMatching(/^Make a new token/), since: expect.any(String) });
    expect(events.filter(({ name }) => name === 'CredentialEnding')).toEqual([
      { level: 'warning', name: 'CredentialEnding', keys: expect.objectContaining({ count: 25 }) },
    ]);
    expect(events.filter(({ name }) => name === 'CredentialAge').map(({ keys }) => keys.count)).toEqual([365, 25, 25]);
  });

  it('tells again of the next one', async () => {
    const { clock, notices, watch, credentials } = setUp(seeBearerToken(null, 'opaque', startMs));
    clock.advance(340 * dayMs);
    await watch();
    await credentials.update((row) => seeBearerToken(row, jwt({ exp: seconds(clock.nowMs() + dayMs) }), clock.nowMs()));
    await watch();
    expect(new Set(notices.map(({ incident }) => incident)).size).toBe(2);
  });

  it('has nothing to say where no credential is known', async () => {
    const { events, watch } = setUp(null);
    expect(await watch()).toBeNull();
    expect(events).toEqual([]);
  });
});
