import type { AuditActor } from '../../lib/engine/audit.js';
import type { ConsentTokens, CredentialRow } from '../../lib/engine/consent.js';
import { createConsentTickets } from '../../lib/state/consentTickets.js';
import { createCredentialStore } from '../../lib/state/credentialStore.js';
import { partitionsOf, tableNames } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';
import { createTokenTurns } from '../../lib/state/tokenTurns.js';
import { createTableTokenVault } from '../../lib/state/tokenVault.js';
import { createHeldClock } from '../fakes/heldClock.js';

const actor: AuditActor = { objectId: 'admin', applicationId: null };
const minuteMs = 60_000;
const row: CredentialRow = {
  kind: 'bearer',
  fingerprint: 'f',
  since: '2026-01-01T00:00:00.000Z',
  lastUsedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  told: null,
};

let jobs = 0;
const partitionsOfNewJob = () => {
  jobs += 1;
  return partitionsOf(`credentials${jobs}`);
};

const describeTickets = (open: () => Tables): void => {
  const setUp = async () => {
    const clock = createHeldClock();
    const tables = open();
    const partitions = partitionsOfNewJob();
    const tickets = createConsentTickets(tables, partitions, clock);
    await tickets.issue('ticket-1', actor, clock.nowMs() + 10 * minuteMs);
    const openTicket = (state: string) => tickets.open('ticket-1', state, 'verifier', clock.nowMs() + 10 * minuteMs);
    return { clock, tickets, openTicket, table: tables.table(tableNames.credentials), partitions };
  };

  test('a ticket opens one attempt, however many ask at once', async () => {
    const { tickets, openTicket } = await setUp();
    const results = await Promise.all(['a', 'b', 'c'].map(openTicket));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['ok', 'used', 'used']);
    const states = await Promise.all(['a', 'b', 'c'].map((state) => tickets.redeemState(state)));
    expect(states.map(({ kind }) => kind).sort()).toEqual(['ok', 'unknown', 'unknown']);
    expect(states.find(({ kind }) => kind === 'ok')).toEqual({
      kind: 'ok',
      content: { actor, verifier: 'verifier' },
    });
  });

  test('a state is good once', async () => {
    const { tickets, openTicket } = await setUp();
    await openTicket('a');
    const results = await Promise.all([1, 2].map(() => tickets.redeemState('a')));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['ok', 'used']);
  });

  test('tickets and states expire at their instant', async () => {
    const { clock, tickets, openTicket } = await setUp();
    clock.advance(10 * minuteMs - 1);
    expect((await openTicket('a')).kind).toBe('ok');
    clock.advance(10 * minuteMs);
    expect((await tickets.redeemState('a')).kind).toBe('expired');
    await tickets.issue('ticket-2', actor, clock.nowMs() + 1);
    clock.advance(1);
    expect((await tickets.open('ticket-2', 'b', 'v', clock.nowMs() + 1)).kind).toBe('expired');
    expect((await tickets.open('nobody’s', 'b', 'v', clock.nowMs() + 1)).kind).toBe('unknown');
  });

  test('neither ticket nor state stands in the table, and what is a day past its end goes', async () => {
    const { clock, tickets, openTicket, table, partitions } = await setUp();
    await openTicket('state-a');
    const rows = async () => (await table.query({ partitionKey: partitions.job }, 100)).rows;
    expect(await rows()).toHaveLength(2);
    expect(JSON.stringify(await rows())).not.toMatch(/ticket-1|state-a/);
    clock.advance(25 * 60 * minuteMs);
    await tickets.issue('ticket-2', actor, clock.nowMs() + minuteMs);
    expect(await rows()).toHaveLength(1);
  });
};

const describeTurns = (open: () => Tables): void => {
  const setUp = () => {
    const clock = createHeldClock();
    let ids = 0;
    const newId = () => {
      ids += 1;
      return `id-${ids}`;
    };
    return { clock, turns: createTokenTurns(open(), partitionsOfNewJob(), { clock, newId }) };
  };

  test('one has the turn at a time, until it is given back', async () => {
    const { turns } = setUp();
    const taken = await Promise.all([1, 2, 3].map(() => turns.take(minuteMs)));
    expect(taken.filter((turn) => turn !== null)).toHaveLength(1);
    expect(await turns.take(minuteMs)).toBeNull();
    expect(await turns.wasAbandoned()).toBe(false);
    await taken.find((turn) => turn !== null)?.release();
    expect(await turns.wasAbandoned()).toBe(false);
    expect(await turns.take(minuteMs)).not.toBeNull();
  });

  test('a turn runs out; who comes back late does not give away another’s', async () => {
    const { clock, turns } = setUp();
    const first = await turns.take(minuteMs);
    clock.advance(minuteMs - 1);
    expect(await turns.take(minuteMs)).toBeNull();
    clock.advance(1);
    expect(await turns.wasAbandoned()).toBe(true);
    expect(await turns.take(minuteMs)).not.toBeNull();
    await first?.release();
    expect(await turns.take(minuteMs)).toBeNull();
  });
};

const describeTokens = (open: () => Tables): void => {
  test('tokens come back as they were kept, however long, and can be forgotten twice', async () => {
    const vault = createTableTokenVault(open(), partitionsOfNewJob());
    const tokens: ConsentTokens = {
      refreshToken: 'r'.repeat(40_000),
      accessToken: 'a',
      accessExpiresAt: row.since,
      authorisedAt: row.since,
      issuedAt: row.since,
    };
    expect(await vault.read()).toBeNull();
    await vault.write(tokens);
    expect(await vault.read()).toEqual(tokens);
    await vault.write({ ...tokens, refreshToken: 's' });
    expect(await vault.read()).toEqual({ ...tokens, refreshToken: 's' });
    expect(await vault.replace('r', tokens)).toBe(false);
    const next = ['t', 'u'].map((refreshToken) => ({ ...tokens, refreshToken }));
    const replaced = await Promise.all(next.map((candidate) => vault.replace('s', candidate)));
    expect([...replaced].sort()).toEqual([false, true]);
    expect(await vault.read()).toEqual(next[replaced.indexOf(true)]);
    await vault.clear();
    await vault.clear();
    expect(await vault.replace('s', tokens)).toBe(false);
    expect(await vault.read()).toBeNull();
  });

  test('what is known of a credential is changed by one at a time', async () => {
    const credentials = createCredentialStore(open(), partitionsOfNewJob());
    expect(await credentials.read()).toBeNull();
    await credentials.update(() => row);
    const append = (text: string) => (before: CredentialRow | null) => ({
      ...(before ?? row),
      told: `${before?.told ?? ''}${text}`,
    });
    await Promise.all(['a', 'b', 'c'].map((text) => credentials.update(append(text))));
    expect([...((await credentials.read())?.told ?? '')].sort()).toEqual(['a', 'b', 'c']);
    await credentials.update(() => null);
    expect(await credentials.read()).toBeNull();
    expect(await credentials.update(() => null)).toBeNull();
  });
};

/** Tickets, turns, tokens and ages, over any implementation of `Tables`. */
export const describeCredentials = (where: string, open: () => Tables): void => {
  describe(`credentials ${where}`, () => {
    describeTickets(open);
    describeTurns(open);
    describeTokens(open);
  });
};
