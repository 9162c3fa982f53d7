import { createEdgeStore } from '../../lib/state/edgeStore.js';
import { createJobStore } from '../../lib/state/jobStore.js';
import { shardOf } from '../../lib/state/keys.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { partitionsOf } from '../../lib/state/names.js';
import { createObjectStore } from '../../lib/state/objectStore.js';
import { createRecordStore } from '../../lib/state/recordStore.js';
import type { Columns, Tables } from '../../lib/state/tables.js';
import { createTargetStore } from '../../lib/state/targetStore.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { at } from './samples.js';

const partitions = partitionsOf('job');
const shard = shardOf('u');

type Case = readonly [
  column: string,
  table: string,
  partitionKey: string,
  rowKey: string,
  columns: Columns,
  read: (tables: Tables) => Promise<unknown>,
];

const readObject = (tables: Tables) => createObjectStore(tables, partitions).read(['u']);
const readJob = (tables: Tables) =>
  createJobStore(tables, partitions, { clock: createHeldClock(), newId: () => 'id' }).read();
const object = (columns: Columns, column: string): Case => [
  column,
  'Objects',
  partitions.objects(shard),
  'u',
  columns,
  readObject,
];

const cases: readonly Case[] = [
  object({}, 'type'),
  object({ type: 'robot' }, 'type'),
  object({ type: 'user', link: '{"targetId":"SECRET"}' }, 'link'),
  object({ type: 'user', pending: 'SECRET' }, 'pending'),
  object({ type: 'user', via: '{"app":{"r":{"missingSince":4711}}}' }, 'via'),
  object({ type: 'user', wantedBy: '["a",null]' }, 'wantedBy'),
  ['value', 'Jobs', 'job', 'job', { value: '{"jobId":"j","status":"SECRET"}' }, readJob],
  ['value', 'Jobs', 'job', 'counters', {}, readJob],
  ['value', 'Jobs', 'job', 'mark:users', { value: '[]' }, readJob],
  ['value', 'Jobs', 'job', 'lease', { value: '{"owner":"o"}' }, readJob],
  [
    'round',
    'Edges',
    'job|app',
    'u|c|r',
    { round: 'x' },
    (tables) => createEdgeStore(tables, partitions).list('app', null),
  ],
  [
    'RowKey',
    'Edges',
    'job|app',
    'x|c|r',
    { round: '1' },
    (tables) => createEdgeStore(tables, partitions).list('app', null),
  ],
  [
    'sourceId',
    'Targets',
    partitions.targets(shard),
    'u',
    {},
    (tables) => createTargetStore(tables, partitions).claim('u', 's'),
  ],
  [
    'targetIds',
    'Targets',
    partitions.userNames(shard),
    'u',
    { targetIds: '{}' },
    (tables) => createTargetStore(tables, partitions).findNames(['u']),
  ],
  [
    'state',
    'Objects',
    partitions.objects('0'),
    '~staged|u',
    { cycleId: 'c' },
    (tables) => createObjectStore(tables, partitions).listStaged(null),
  ],
  [
    'record',
    'ProvisioningLogs202611',
    partitions.recordsByDay('2026-11-23'),
    '1|r',
    { record: '{"id":"SECRET"}' },
    (tables) => createRecordStore(tables, partitions).listByDay('2026-11-23', null),
  ],
];

describe('a row that does not parse', () => {
  test.each(cases)(
    'is named with its column %s of table %s',
    async (column, table, partitionKey, rowKey, columns, read) => {
      const tables = createMemoryTables();
      await tables.table(table).transact(partitionKey, [{ kind: 'upsert', rowKey, columns }]);
      const failure = await read(tables).then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({ fault: { code: 'StateRowUnreadable' } });
      const message = failure instanceof Error ? failure.message : '';
      expect(message).toContain(`Table ${table}, row ${rowKey}, column ${column}`);
      expect(message).not.toContain('SECRET');
    },
  );

  test('columns that a newer version may have added are no obstacle', async () => {
    const tables = createMemoryTables();
    const columns = {
      type: 'user',
      novel: '1',
      wantedBy: '["a"]',
      gone: `{"reason":"changed","since":"${at(0)}","by":1}`,
    };
    await tables.table('Objects').transact(partitions.objects(shard), [{ kind: 'upsert', rowKey: 'u', columns }]);
    expect((await readObject(tables)).get('u')?.row).toMatchObject({ wantedBy: ['a'], gone: { reason: 'changed' } });
  });
});
