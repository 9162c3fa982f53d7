import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { LeaseRow } from '../engine/control.js';
import type { Lease } from '../engine/state.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { jobRows } from './names.js';
import type { StoredEntity, Table, TransactionResult, Write } from './tables.js';

/** `holder` names this very taking (empty once released), `writeNumber` the last write of its holder. */
interface LeaseContent extends LeaseRow {
  readonly holder: string;
  readonly writeNumber: number;
}

const leaseShape: z.ZodType<LeaseContent> = z.object({
  owner: z.string(),
  fence: z.int(),
  expiresAt: z.string(),
  holder: z.string(),
  writeNumber: z.int(),
});

const parseContent = (table: string, entity: StoredEntity): LeaseContent =>
  readJsonOf({ table, rowKey: entity.rowKey, columns: entity.columns }, 'value', leaseShape);

/** The lease as others see it; null while nobody holds it. It may have expired. */
export const parseLease = (table: string, entity: StoredEntity): LeaseRow | null => {
  const { owner, fence, expiresAt, holder } = parseContent(table, entity);
  return holder === '' ? null : { owner, fence, expiresAt };
};

/** A lease that can carry further writes of its partition in its own transaction. */
export interface HeldLease extends Lease {
  /** Prolongs the lease and writes `others` with it, all or nothing. `index` of a conflict counts in `others`. */
  transact(others: readonly Write[]): Promise<HeldResult>;
}

export type HeldResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'fenced' }
  | Extract<TransactionResult, { kind: 'conflict' }>;

export interface LeaseContext {
  readonly table: Table;
  readonly partitionKey: string;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Taken {
  readonly content: LeaseContent;
  readonly etag: string;
  readonly sentMs: number;
}

const replaceLease = (content: LeaseContent, etag: string): Write => ({
  kind: 'replace',
  rowKey: jobRows.lease,
  columns: jsonColumn('value', content),
  etag,
});

/** Renewals and checkpoints both change the lease's row, so they take turns. */
const createTurns = (): (<Result>(run: () => Promise<Result>) => Promise<Result>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run, run);
    last = result.catch(() => undefined);
    return result;
  };
};

const holdLease = ({ table, partitionKey, clock }: LeaseContext, taken: Taken, durationMs: number): HeldLease => {
  const { owner, fence, holder } = taken.content;
  const inTurn = createTurns();
  let etag = taken.etag;
  let writeNumber = taken.content.writeNumber;
  let deadlineMs = taken.sentMs + durationMs;
  let lost = false;

  const prolong = async (others: readonly Write[]): Promise<HeldResult> => {
    while (!lost) {
      const sentMs = clock.monotonicMs();
      const expiresAt = new Date(clock.nowMs() + durationMs).toISOString();
      writeNumber += 1;
      const own = replaceLease({ owner, fence, expiresAt, holder, writeNumber }, etag);
      const result = await table.transact(partitionKey, [own, ...others]);
      if (result.kind === 'conflict' && result.index > 0) return { ...result, index: result.index - 1 };
      if (result.kind === 'done') {
        etag = result.etags[0] ?? etag;
        deadlineMs = sentMs + durationMs;
        return { kind: 'done' };
      }
      // Still ours, the version was lost to a write of our own whose answer did not come: this one, or an earlier.
      const stored = await table.get(partitionKey, jobRows.lease);
      const content = stored === null ? null : parseContent(table.name, stored);
      lost = stored === null || content?.holder !== holder;
      if (lost || stored === null) break;
      etag = stored.etag;
      if (content?.writeNumber !== writeNumber) continue;
      deadlineMs = sentMs + durationMs;
      return { kind: 'done' };
    }
    return { kind: 'fenced' };
  };

  const giveUp = async (): Promise<void> => {
    if (lost) return;
    lost = true;
    const expiresAt = new Date(clock.nowMs()).toISOString();
    const released = { owner, fence, expiresAt, holder: '', writeNumber: writeNumber + 1 };
    await table.transact(partitionKey, [replaceLease(released, etag)]);
  };

  return {
    owner,
    fence,
    deadlineMs: () => (lost ? Number.NEGATIVE_INFINITY : deadlineMs),
    isLost: () => lost,
    renew: () => inTurn(async () => (await prolong([])).kind === 'done'),
    release: () => inTurn(giveUp),
    transact: (others) => inTurn(() => prolong(others)),
  };
};

/**
 * Takes the lease if nobody holds it or it has expired by our wall clock, and raises the fence; null while somebody
 * else has it. The deadline counts from when the request was sent, so it never lies behind the expiry in the row.
 */
export const takeLease = async (
  context: LeaseContext,
  owner: string,
  durationMs: number,
): Promise<HeldLease | null> => {
  const { table, partitionKey, clock, newId } = context;
  const stored = await table.get(partitionKey, jobRows.lease);
  const before = stored === null ? null : parseContent(table.name, stored);
  if (before !== null && before.holder !== '' && Date.parse(before.expiresAt) > clock.nowMs()) return null;
  const sentMs = clock.monotonicMs();
  const content: LeaseContent = {
    owner,
    fence: (before?.fence ?? 0) + 1,
    expiresAt: new Date(clock.nowMs() + durationMs).toISOString(),
    holder: newId(),
    writeNumber: 0,
  };
  const columns = jsonColumn('value', content);
  const result = await table.transact(partitionKey, [
    stored === null ? { kind: 'create', rowKey: jobRows.lease, columns } : replaceLease(content, stored.etag),
  ]);
  const etag = result.kind === 'done' ? result.etags[0] : undefined;
  if (typeof etag === 'string') return holdLease(context, { content, etag, sentMs }, durationMs);
  const winner = await table.get(partitionKey, jobRows.lease);
  if (winner === null || parseContent(table.name, winner).holder !== content.holder) return null;
  return holdLease(context, { content, etag: winner.etag, sentMs }, durationMs);
};
