import type { AuditEntry } from '../../lib/engine/audit.js';
import { dropOldLogs } from '../../lib/engine/logRetention.js';
import { createState } from '../../lib/state/createState.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { readAll } from '../state/recordLogContract.js';
import { jobId, recordOf } from '../state/samples.js';

const dayMs = 24 * 60 * 60 * 1_000;
const nowMs = Date.UTC(2026, 10, 23, 8);
const all = { fromMs: null, toMs: null, order: 'newestFirst', after: null } as const;

const entryOf = (id: string, at: string): AuditEntry => ({
  id,
  at,
  activity: 'Run provisioning cycle',
  actor: { objectId: 'o', applicationId: null },
  result: 'success',
  reason: null,
  changes: [],
});

/** Records at the end of July, the start of August and now; audits beside them. */
const createLogs = async (tables: Tables = createMemoryTables()) => {
  const clock = createHeldClock({ nowMs });
  const state = createState({ tables, jobId, clock, newId: () => 'id' });
  const instants = [
    '2026-07-31T23:59:59.999Z',
    '2026-08-01T00:00:00.000Z',
    '2026-08-25T07:59:59.999Z',
    '2026-08-25T08:00:00.000Z',
    '2026-11-23T07:00:00.000Z',
  ];
  await state.records.append(instants.map((activityDateTime) => recordOf(activityDateTime, { activityDateTime })));
  for (const at of instants) await state.audit.record(entryOf(at, at));
  const events: string[] = [];
  const telemetry = { event: (_level: string, name: string) => void events.push(name), count: () => undefined };
  const left = async () => ({
    records: await readAll(state.records, { kind: 'day' }, 'newestFirst', 100),
    byObject: (await readAll(state.records, { kind: 'object', sourceIds: ['u1'] }, 'newestFirst', 100)).length,
    audits: (await state.audit.read(all, 100)).entries.map(({ entry }) => entry.id),
  });
  return { clock, events, left, world: { jobId, state, clock, telemetry } };
};

describe('logs older than they are kept', () => {
  test('go by whole months, and audits each when it is that old', async () => {
    const { world, left, events } = await createLogs();
    expect(await dropOldLogs(world, 90 * dayMs)).toBe(true);
    expect(await left()).toEqual({
      records: [
        '2026-11-23T07:00:00.000Z',
        '2026-08-25T08:00:00.000Z',
        '2026-08-25T07:59:59.999Z',
        '2026-08-01T00:00:00.000Z',
      ],
      byObject: 4,
      audits: ['2026-11-23T07:00:00.000Z', '2026-08-25T08:00:00.000Z'],
    });
    expect(events).toEqual(['OldLogsDropped']);
  });

  test('go once a day, by whoever comes first', async () => {
    const { world, clock, left } = await createLogs();
    const both = await Promise.all([dropOldLogs(world, 200 * dayMs), dropOldLogs(world, 200 * dayMs)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect((await left()).records).toHaveLength(5);
    clock.advance(dayMs - 9 * 60 * 60 * 1_000);
    expect(await dropOldLogs(world, 90 * dayMs)).toBe(false);
    clock.advance(9 * 60 * 60 * 1_000);
    expect(await dropOldLogs(world, 90 * dayMs)).toBe(true);
    expect((await left()).records).toHaveLength(4);
  });

  test('stay until the next day where storage does not do it, and that is told', async () => {
    const inner = createMemoryTables();
    let isDown = true;
    const drop = async (name: string): Promise<void> => {
      if (isDown) throw new Error('refused');
      await inner.drop(name);
    };
    const { world, clock, left, events } = await createLogs({ ...inner, drop });
    expect(await dropOldLogs(world, 90 * dayMs)).toBe(false);
    expect(events).toEqual(['OldLogsNotDropped']);
    expect((await left()).records).toHaveLength(5);
    isDown = false;
    clock.advance(dayMs);
    expect(await dropOldLogs(world, 90 * dayMs)).toBe(true);
    expect((await left()).records).toHaveLength(4);
  });
});
