import { watchCycles } from '../../lib/compose/watchedCycles.js';
import type { EventKeys } from '../../lib/engine/ports.js';
import { createOffTelemetry } from '../../lib/telemetry/offTelemetry.js';
import type { RunningTelemetry } from '../../lib/telemetry/running.js';
import { createTenant } from '../fakes/tenant.js';

const setUp = async ({ isOn = true } = {}) => {
  const tenant = await createTenant();
  const events: { level: string; name: string; keys: EventKeys }[] = [];
  const measured: string[] = [];
  let flushes = 0;
  const running: RunningTelemetry = {
    ...createOffTelemetry({
      event: (level, name, keys) => void events.push({ level, name, keys }),
      count: () => undefined,
    }),
    isOn,
    measure: (metric, value, { action, outcome }) =>
      void measured.push([metric, action, outcome, value].filter((part) => part !== undefined).join(' ')),
    flush: async () => {
      flushes += 1;
    },
  };
  const cycles = watchCycles({ running, world: tenant.world, readAge: async () => null });
  return { tenant, cycles, events, measured, flushes: () => flushes };
};

describe('what telemetry hears of ticks and slices', () => {
  it('is a heartbeat and the job’s figures at each tick, sent at once', async () => {
    const { cycles, measured, flushes } = await setUp();
    expect(await cycles.tick(async () => 'ticked')).toBe('ticked');
    expect(measured).toEqual([
      'heartbeat 1',
      'quarantine 0',
      'escrowed 0',
      'staged 0',
      'held 0',
      'pendingAge 0',
      'linked active 0',
      'linked disabled 0',
      'cycleIntervals initial 0',
      'cycleIntervals incremental 0',
      'cycleIntervals reconcile 0',
    ]);
    expect(flushes()).toBe(1);
  });

  it('is no heartbeat where the tick failed', async () => {
    const { cycles, measured } = await setUp();
    const failing = cycles.tick(async () => {
      throw new Error('no storage');
    });
    await expect(failing).rejects.toThrow('no storage');
    expect(measured).toEqual([]);
  });

  it('reads nothing for figures that nobody gets', async () => {
    const { tenant, cycles } = await setUp({ isOn: false });
    const before = tenant.world.state.operationCount();
    await cycles.tick(async () => undefined);
    expect(tenant.world.state.operationCount()).toBe(before);
  });

  it('fails no tick where the figures cannot be read', async () => {
    const { tenant, events } = await setUp();
    const running: RunningTelemetry = {
      ...createOffTelemetry({
        event: (level, name, keys) => void events.push({ level, name, keys }),
        count: () => undefined,
      }),
      isOn: true,
    };
    const readAge = async () => {
      throw new TypeError('unreadable');
    };
    const cycles = watchCycles({ running, world: tenant.world, readAge });
    expect(await cycles.tick(async () => 'ticked')).toBe('ticked');
    expect(events).toMatchObject([{ level: 'warning', name: 'FiguresNotRead', keys: { code: 'TypeError' } }]);
  });

  it('is the end of a cycle with its figures, an error only where it failed', async () => {
    const { tenant, cycles, events, measured } = await setUp();
    tenant.join('ada');
    const summary = await tenant.runCycle();
    const message = { cycleId: summary.cycleId, slice: 3 };
    await cycles.slice(async () => ({ kind: 'finished', summary }), message);
    await cycles.slice(async () => ({ kind: 'finished', summary: { ...summary, state: 'Failed' } }), message);
    expect(events.map(({ level, name }) => `${level} ${name}`)).toEqual(['info CycleEnded', 'error CycleEnded']);
    expect(events[0]?.keys).toMatchObject({
      cycleId: summary.cycleId,
      slice: 3,
      action: 'initial',
      outcome: 'Succeeded',
      exports: 1,
      failures: 0,
      intervalMs: 2_400_000,
    });
    expect(measured.map((line) => line.replace(/ [\d.]+$/, ''))).toEqual([
      'sliceDuration finished',
      'cycleDuration initial Succeeded',
      'sliceDuration finished',
      'cycleDuration initial Failed',
    ]);
  });

  it('is a slice that threw, and nothing of a message that had nothing to do', async () => {
    const { cycles, events, measured } = await setUp();
    const message = { cycleId: null, slice: 1 };
    await cycles.slice(async () => ({ kind: 'dropped', reason: 'no cycle is due' }), message);
    expect(measured).toEqual([]);
    const failing = cycles.slice(async () => {
      throw new RangeError('storage');
    }, message);
    await expect(failing).rejects.toThrow('storage');
    await cycles.idle();
    expect(events).toMatchObject([{ level: 'error', name: 'SliceFailed', keys: { slice: 1, code: 'RangeError' } }]);
  });
});
