import fc from 'fast-check';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { overlayTables } from '../../lib/state/previewOverlay.js';
import type { Table, TransactionResult, Write } from '../../lib/state/tables.js';
import { describePreviews } from './previewContract.js';
import { watchTables } from './watchedTables.js';

describePreviews('in memory', createMemoryTables);

const partitions = ['p', 'p|q'] as const;
const keys = ['a', 'b', 'b|c', 'd', '~due|u'] as const;

type Step =
  | { readonly kind: 'write'; readonly partition: string; readonly writes: readonly Intended[] }
  | { readonly kind: 'remove'; readonly partition: string; readonly key: string; readonly isStale: boolean }
  | { readonly kind: 'query'; readonly partition: string; readonly from: string | null; readonly limit: number };

interface Intended {
  readonly kind: Write['kind'];
  readonly key: string;
  readonly text: string;
  readonly isStale: boolean;
}

const partition = fc.constantFrom(...partitions);
const key = fc.constantFrom(...keys);
const intended = fc.record({
  kind: fc.constantFrom('create' as const, 'replace' as const, 'upsert' as const, 'delete' as const),
  key,
  text: fc.constantFrom('1', '2', '3'),
  isStale: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    partition,
    writes: fc.uniqueArray(intended, { minLength: 1, maxLength: 3, selector: (one) => one.key }),
  }),
  fc.record({ kind: fc.constant('remove' as const), partition, key, isStale: fc.boolean() }),
  fc.record({
    kind: fc.constant('query' as const),
    partition,
    from: fc.option(key),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
);

/** One table, with the versions that were seen of each row. */
const driverOf = (table: Table) => {
  const seen = new Map<string, string[]>();
  const etagOf = async (at: string, rowKey: string, isStale: boolean): Promise<string | null> => {
    const now = (await table.get(at, rowKey))?.etag ?? null;
    const versions = seen.get(`${at} ${rowKey}`) ?? [];
    if (now !== null && !versions.includes(now)) seen.set(`${at} ${rowKey}`, [...versions, now]);
    return isStale ? (versions[0] ?? null) : now;
  };
  const toWrite = async (at: string, { kind, key: rowKey, text, isStale }: Intended): Promise<Write | null> => {
    const etag = await etagOf(at, rowKey, isStale);
    const columns = { text };
    if (kind === 'create' || kind === 'upsert') return { kind, rowKey, columns };
    if (kind === 'replace') return etag === null ? null : { kind, rowKey, columns, etag };
    // Of a row that is not there the overlay's deletion is no conflict.
    return (await table.get(at, rowKey)) === null ? null : { kind, rowKey };
  };
  const write = async (at: string, wanted: readonly Intended[]): Promise<TransactionResult | null> => {
    const writes = (await Promise.all(wanted.map((one) => toWrite(at, one)))).filter((one) => one !== null);
    return writes.length === 0 ? null : table.transact(at, writes);
  };
  return async (one: Step): Promise<unknown> => {
    switch (one.kind) {
      case 'write':
        // Which of several conflicts is named is left open.
        return (await write(one.partition, one.writes))?.kind;
      case 'remove': {
        const etag = await etagOf(one.partition, one.key, one.isStale);
        return etag === null ? null : (await table.remove(one.partition, one.key, etag)) === 'done';
      }
      case 'query': {
        const rows: string[] = [];
        let after: string | null = null;
        do {
          const range = { partitionKey: one.partition, after, ...(one.from === null ? {} : { from: one.from }) };
          const page = await table.query(range, one.limit);
          if (page.rows.length > one.limit) throw new Error('More rows than were asked for.');
          rows.push(...page.rows.map(({ rowKey, columns }) => `${rowKey}=${columns['text']}`));
          after = page.after;
        } while (after !== null);
        return rows;
      }
    }
  };
};

describe('tables over those of a job', () => {
  it('behave as the job’s own would, and leave those as they were', async () => {
    const rows = fc.uniqueArray(fc.tuple(partition, key), { selector: ([at, one]) => `${at} ${one}` });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(step, { minLength: 5, maxLength: 25 }), async (before, steps) => {
        const plain = createMemoryTables();
        const watched = watchTables(createMemoryTables());
        for (const [at, rowKey] of before) {
          const write: Write = { kind: 'upsert', rowKey, columns: { text: '0' } };
          await plain.table('Objects').transact(at, [write]);
          await watched.tables.table('Objects').transact(at, [write]);
        }
        const below = JSON.stringify(await watched.dump());
        const overlay = createMemoryTables().table('Preview');
        const asPlain = driverOf(plain.table('Objects'));
        const asOverlaid = driverOf(overlayTables(watched.tables, overlay, 'preview').table('Objects'));
        for (const one of steps) expect(await asOverlaid(one)).toEqual(await asPlain(one));
        expect(JSON.stringify(await watched.dump())).toBe(below);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('drop no table and erase no job', async () => {
    const tables = overlayTables(createMemoryTables(), createMemoryTables().table('Preview'), 'preview');
    await expect(tables.drop('Objects')).rejects.toThrow('drops no table');
    await expect(tables.table('Objects').listKeys({ from: 'a', before: 'b' }, 1)).rejects.toThrow('erases no job');
  });
});
