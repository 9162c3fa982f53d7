import type { LogOrder, LogPage, LogPosition, RecordPath } from '../../lib/engine/logReading.js';
import type { RecordRow } from '../../lib/engine/record.js';
import type { RecordStore } from '../../lib/engine/state.js';
import { createAuditStore } from '../../lib/state/auditStore.js';
import { createDailyTasks } from '../../lib/state/dailyTasks.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createRecordStore } from '../../lib/state/recordStore.js';
import type { Tables } from '../../lib/state/tables.js';
import { at, recordOf } from './samples.js';

let jobs = 0;
const newPartitions = () => {
  jobs += 1;
  return partitionsOf(`log${jobs}`);
};

/** Reads a log to its end. */
export const readAll = async (
  records: RecordStore,
  path: RecordPath,
  order: LogOrder,
  limit: number,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after: LogPosition | null = null;
  do {
    const page: LogPage<RecordRow> = await records.read(path, { fromMs: null, toMs: null, order, after }, limit);
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    ids.push(...page.entries.map(({ entry }) => entry.id));
    after = page.next;
  } while (after !== null);
  return ids;
};

const person = (id: string): Pick<RecordRow, 'sourceIdentity'> => ({
  sourceIdentity: { id, displayName: `The ${id}`, identityType: 'User', details: { userPrincipalName: `${id}@x.y` } },
});

/** What questions about the log rely on. `open` gives tables that the contract may write to and drop. */
export const describeRecordLog = (name: string, open: () => Tables): void => {
  describe(`questions ${name}`, () => {
    test('every path is read in both orders, over ends of days and months, whatever the size of a reading', async () => {
      const records = createRecordStore(open(), newPartitions());
      const made = Array.from({ length: 60 }, (_none, index) =>
        recordOf(`r${String(index).padStart(2, '0')}`, {
          activityDateTime: at(-Math.floor(index / 2) * 7 * 3_600),
          cycleId: `c${index % 4}`,
          ...person(`u${index % 3}`),
        }),
      );
      await records.append(made);
      const paths: readonly (readonly [RecordPath, (record: RecordRow) => boolean])[] = [
        [{ kind: 'day' }, () => true],
        [{ kind: 'object', sourceIds: ['u1'] }, ({ sourceIdentity }) => sourceIdentity.id === 'u1'],
        [{ kind: 'object', sourceIds: ['u2', 'u0'] }, ({ sourceIdentity }) => sourceIdentity.id !== 'u1'],
        [{ kind: 'cycle', cycleIds: ['c1', 'c2', 'none'] }, ({ cycleId }) => cycleId === 'c1' || cycleId === 'c2'],
      ];
      for (const [path, isMeant] of paths) {
        const expected = made.filter(isMeant).map(({ id }) => id);
        expect(await readAll(records, path, 'newestFirst', 7)).toEqual(expected);
        expect(await readAll(records, path, 'oldestFirst', 7)).toEqual(expected.toReversed());
      }
    });

    test('a name of each kind leads to its objects and to no others', async () => {
      const records = createRecordStore(open(), newPartitions());
      const long = 'é'.repeat(256);
      const targetIdentity = { id: 'Zoom1', displayName: '', identityType: 'User', details: {} };
      await records.append([
        recordOf('1', { ...person('u1'), targetIdentity }),
        recordOf('2', { ...person('u2'), targetIdentity }),
        recordOf('3', { sourceIdentity: { id: 'u3', displayName: long, identityType: 'User', details: {} } }),
        recordOf('4', {
          sourceIdentity: {
            id: 'u4',
            displayName: '[Redact]',
            identityType: 'User',
            details: { userPrincipalName: '[Redact]' },
          },
        }),
      ]);
      expect(await records.findSourceIds('U1@x.Y')).toEqual(['u1']);
      expect(await records.findSourceIds('the u1', 'displayName')).toEqual(['u1']);
      expect(await records.findSourceIds('the u1')).toEqual([]);
      expect(await records.findSourceIds('Zoom1', 'targetId')).toEqual(['u1', 'u2']);
      expect(await records.findSourceIds(long.toUpperCase(), 'displayName')).toEqual(['u3']);
      expect(await records.findSourceIds('[Redact]')).toEqual([]);
      expect(await records.findSourceIds('[Redact]', 'displayName')).toEqual([]);
    });

    test('one job’s records are erased and no other’s', async () => {
      const tables = open();
      const [partitions, others] = [newPartitions(), newPartitions()];
      const records = createRecordStore(tables, partitions);
      const kept = createRecordStore(tables, others);
      const made = Array.from({ length: 120 }, (_none, index) =>
        recordOf(`r${index}`, {
          activityDateTime: at(-index * 9_000),
          cycleId: `c${index % 3}`,
          ...person(`u${index}`),
        }),
      );
      await Promise.all([records.append(made), kept.append(made)]);
      while (await records.erase());
      expect(await records.erase()).toBe(false);
      for (const path of [
        { kind: 'day' },
        { kind: 'cycle', cycleIds: ['c0', 'c1', 'c2'] },
        { kind: 'object', sourceIds: ['u1'] },
      ] as const) {
        expect(await readAll(records, path, 'newestFirst', 100)).toEqual([]);
      }
      expect(await records.findSourceIds('u1@x.y')).toEqual([]);
      expect(await readAll(kept, { kind: 'day' }, 'newestFirst', 100)).toHaveLength(120);
      expect(await kept.findSourceIds('u1@x.y')).toEqual(['u1']);
    });

    test('months that ended before an instant are dropped, and what came after stays', async () => {
      const records = createRecordStore(open(), newPartitions());
      const stamps = ['2025-02-01T00:00:00.000Z', '2025-01-31T23:59:59.999Z', '2024-12-31T00:00:00.000Z'];
      await records.append(stamps.map((activityDateTime) => recordOf(activityDateTime, { activityDateTime })));
      const dropped = await records.dropBefore(Date.parse('2025-02-01T00:00:00.000Z'));
      expect([...dropped].sort()).toEqual(['ProvisioningLogs202412', 'ProvisioningLogs202501']);
      expect(await records.dropBefore(Date.parse('2025-02-01T00:00:00.000Z'))).toEqual([]);
      expect(await readAll(records, { kind: 'day' }, 'newestFirst', 10)).toEqual([stamps[0]]);
    });

    test('audit entries come back as they were, and old ones go', async () => {
      const audit = createAuditStore(open(), newPartitions());
      const entries = [0, 1, 2].map((second) => ({
        id: `a${second}`,
        at: at(second),
        activity: 'Update attribute mappings or scope' as const,
        actor: { objectId: 'o', applicationId: null },
        result: 'success' as const,
        reason: null,
        changes: [{ name: 'schema', old: null, new: 'x'.repeat(40_000) }],
      }));
      for (const entry of entries) await audit.record(entry);
      const all = { fromMs: null, toMs: null, order: 'oldestFirst', after: null } as const;
      expect((await audit.read(all, 10)).entries.map(({ entry }) => entry)).toEqual(entries);
      await audit.dropBefore(Date.parse(at(1)));
      expect((await audit.read(all, 10)).entries.map(({ entry }) => entry.id)).toEqual(['a1', 'a2']);
    });

    test('a daily task is claimed once a day', async () => {
      const daily = createDailyTasks(open(), newPartitions());
      const claims = await Promise.all([1, 2, 3].map(() => daily.claim('task', '2026-11-23')));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await daily.claim('task', '2026-11-23')).toBe(false);
      expect(await daily.claim('other', '2026-11-23')).toBe(true);
      const next = await Promise.all([1, 2, 3].map(() => daily.claim('task', '2026-11-24')));
      expect(next.filter(Boolean)).toHaveLength(1);
    });
  });
};
