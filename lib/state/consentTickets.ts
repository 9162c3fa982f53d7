import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { ConsentAttempt, ConsentTickets, Redeemed } from '../engine/consent.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { stateDefect } from './faults.js';
import { credentialRows, type Partitions, tableNames } from './names.js';
import { deleteRows } from './plainRows.js';
import { endOfPrefix, type StoredEntity, type Table, type Tables, type Write } from './tables.js';

const actor = z.object({ objectId: z.string(), applicationId: z.string().nullable() });
const life = { expiresAt: z.string(), usedAt: z.string().nullable() };
const ticketShape = z.object({ ...life, content: actor });
const attempt: z.ZodType<ConsentAttempt> = z.object({ actor, verifier: z.string() });
const stateShape = z.object({ ...life, content: attempt });
const lifeShape = z.object(life);

/** Used and expired rows stay so long, so that whoever comes late hears why. */
const keptMs = 24 * 60 * 60_000;

interface Slip<Content> {
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly content: Content;
}

/** A row that may be used up now, or why not. */
type Found<Content> =
  | { readonly kind: 'good'; readonly etag: string; readonly slip: Slip<Content> }
  | { readonly kind: 'unknown' | 'used' | 'expired' };

/** Tickets and states of consents in the table `Credentials`; each is used once, under its ETag. */
export const createConsentTickets = (tables: Tables, partitions: Partitions, clock: Clock): ConsentTickets => {
  const table = tables.table(tableNames.credentials);
  const partitionKey = partitions.job;
  const instant = (ms: number): string => new Date(ms).toISOString();

  const find = async <Content>(rowKey: string, shape: z.ZodType<Slip<Content>>): Promise<Found<Content>> => {
    const entity = await table.get(partitionKey, rowKey);
    if (entity === null) return { kind: 'unknown' };
    const slip = readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'value', shape);
    if (slip.usedAt !== null) return { kind: 'used' };
    return Date.parse(slip.expiresAt) > clock.nowMs() ? { kind: 'good', etag: entity.etag, slip } : { kind: 'expired' };
  };

  const useUp = async <Content>(
    rowKey: string,
    shape: z.ZodType<Slip<Content>>,
    inItsPlace: (content: Content) => readonly Write[],
  ): Promise<Redeemed<Content>> => {
    const found = await find(rowKey, shape);
    if (found.kind !== 'good') return found;
    const { slip, etag } = found;
    const used = jsonColumn('value', { ...slip, usedAt: instant(clock.nowMs()) });
    const writes: readonly Write[] = [{ kind: 'replace', rowKey, columns: used, etag }, ...inItsPlace(slip.content)];
    const result = await table.transact(partitionKey, writes);
    if (result.kind === 'done') return { kind: 'ok', content: slip.content };
    if (result.index > 0) throw stateDefect('A state of a consent was there already; states are random.');
    return { kind: 'used' };
  };

  return {
    issue: async (ticket, by, expiresAtMs) => {
      await forgetOld(table, partitionKey, clock.nowMs() - keptMs);
      const columns = jsonColumn('value', { expiresAt: instant(expiresAtMs), usedAt: null, content: by });
      await table.transact(partitionKey, [{ kind: 'create', rowKey: credentialRows.ticket(ticket), columns }]);
    },
    open: (ticket, state, verifier, expiresAtMs) =>
      useUp(credentialRows.ticket(ticket), ticketShape, (by) => {
        const slip = { expiresAt: instant(expiresAtMs), usedAt: null, content: { actor: by, verifier } };
        return [{ kind: 'create', rowKey: credentialRows.state(state), columns: jsonColumn('value', slip) }];
      }),
    redeemState: (state) => useUp(credentialRows.state(state), stateShape, () => []),
  };
};

/** What expired before this instant goes, a page of each kind: more than that is never issued between two tickets. */
const forgetOld = async (table: Table, partitionKey: string, beforeMs: number): Promise<void> => {
  const isOld = ({ rowKey, columns }: StoredEntity): boolean =>
    Date.parse(readJsonOf({ table: table.name, rowKey, columns }, 'value', lifeShape).expiresAt) < beforeMs;
  for (const prefix of [credentialRows.ticketPrefix, credentialRows.statePrefix]) {
    const page = await table.query({ partitionKey, from: prefix, before: endOfPrefix(prefix) }, 100);
    const old = page.rows.filter(isOld).map(({ rowKey }) => rowKey);
    if (old.length > 0) await deleteRows(table, partitionKey, old);
  }
};
