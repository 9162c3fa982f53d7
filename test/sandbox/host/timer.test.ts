import type { LogLine } from '../../../lib/sandbox/host/log.js';
import { createTimer, type Timer } from '../../../lib/sandbox/host/timer.js';
import { createMemoryMonitor, type ScheduleMonitor } from '../../../lib/sandbox/host/timerStatus.js';
import type { HostedFunction, TimerTrigger } from '../../../lib/sandbox/host/triggers.js';
import { createHeldClock, type HeldClock } from '../../fakes/heldClock.js';
import { createStandInInvoker, type StandInInvoker, settled } from './standInInvoker.js';

const tenOClock = Date.parse('2026-11-23T10:00:00Z');
const minuteMs = 60_000;

interface Setup {
  readonly schedule?: string;
  readonly runOnStartup?: boolean;
  readonly useMonitor?: boolean;
  readonly monitor?: ScheduleMonitor;
  readonly nowMs?: number;
}

interface Running {
  readonly timer: Timer;
  readonly clock: HeldClock;
  readonly invoker: StandInInvoker;
  readonly lines: readonly LogLine[];
  readonly seen: () => readonly unknown[];
  advance(byMs: number): Promise<void>;
  stop(): Promise<void>;
}

async function runTimer(setup: Setup = {}): Promise<Running> {
  const { schedule = '0 */5 * * * *', runOnStartup = false, useMonitor = true, nowMs = tenOClock } = setup;
  const hosted: HostedFunction<TimerTrigger> = {
    name: 'tick',
    bindingName: 'timer',
    trigger: { type: 'timerTrigger', schedule, runOnStartup, useMonitor },
    metadata: { name: 'tick', bindings: {} },
    callback: () => undefined,
  };
  const clock = createHeldClock({ nowMs });
  const invoker = createStandInInvoker();
  const lines: LogLine[] = [];
  const monitor = setup.monitor ?? createMemoryMonitor();
  const timer = createTimer(hosted, { invoker, monitor, settings: {}, clock, log: (line) => lines.push(line) });
  const stopping = new AbortController();
  const loop = timer.runBySchedule(stopping.signal);
  await settled();
  return {
    timer,
    clock,
    invoker,
    lines,
    seen: () => invoker.inputs.map((input) => JSON.parse(input.data.json ?? 'null')),
    async advance(byMs) {
      clock.advance(byMs);
      await settled();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

describe('a timer', () => {
  test('fires at each occurrence and not before', async () => {
    const { advance, invoker, stop } = await runTimer();
    await advance(5 * minuteMs - 1);
    expect(invoker.inputs).toHaveLength(0);
    await advance(1);
    expect(invoker.inputs).toHaveLength(1);
    await invoker.finish();
    await advance(5 * minuteMs);
    expect(invoker.inputs).toHaveLength(2);
    await invoker.finish();
    await stop();
  });

  test('tells its last and next occurrence, and that it is not past due', async () => {
    const { advance, invoker, seen, stop } = await runTimer();
    await advance(5 * minuteMs);
    await invoker.finish();
    await advance(5 * minuteMs);
    expect(seen()).toEqual([
      expect.objectContaining({
        IsPastDue: false,
        ScheduleStatus: {
          Last: '0001-01-01T00:00:00Z',
          Next: '2026-11-23T10:05:00.000Z',
          LastUpdated: '2026-11-23T10:00:00.000Z',
        },
      }),
      expect.objectContaining({
        ScheduleStatus: {
          Last: '2026-11-23T10:05:00.000Z',
          Next: '2026-11-23T10:10:00.000Z',
          LastUpdated: '2026-11-23T10:05:00.000Z',
        },
      }),
    ]);
    await invoker.finish();
    await stop();
  });

  test('never runs twice at a time; what it missed meanwhile becomes one run, at once', async () => {
    const { advance, invoker, seen, stop } = await runTimer();
    await advance(5 * minuteMs);
    await advance(17 * minuteMs);
    expect(invoker.running()).toBe(1);
    await invoker.finish();
    expect(seen()).toHaveLength(2);
    expect(seen()[1]).toMatchObject({ IsPastDue: false });
    await invoker.finish();
    expect(invoker.running()).toBe(0);
    await advance(3 * minuteMs);
    expect(invoker.inputs).toHaveLength(3);
    await invoker.finish();
    await stop();
  });

  test('goes on after a run that failed', async () => {
    const { advance, invoker, lines, stop } = await runTimer();
    await advance(5 * minuteMs);
    await invoker.finish(new Error('no luck'));
    await advance(5 * minuteMs);
    expect(invoker.inputs).toHaveLength(2);
    expect(lines.map((line) => line.message)).toEqual(['tick: the schedule goes on after: no luck']);
    await invoker.finish();
    await stop();
  });

  test('runs at start only where it is told to', async () => {
    const { invoker, stop } = await runTimer({ runOnStartup: true });
    expect(invoker.inputs.map((input) => input.reason)).toEqual(['The timer runs on startup']);
    await invoker.finish();
    await stop();
  });

  test('waits for a day that is further off than a timer can count', async () => {
    const { advance, clock, invoker, stop } = await runTimer({ schedule: '0 0 0 1 1 *' });
    for (let hour = 0; hour < 37 * 24; hour += 1) await advance(60 * minuteMs);
    expect(invoker.inputs).toHaveLength(0);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(60 * minuteMs);
    for (let hour = 0; hour < 2 * 24; hour += 1) await advance(60 * minuteMs);
    expect(invoker.inputs).toHaveLength(1);
    await invoker.finish();
    await stop();
  });

  test('a run by hand waits for the run under way and leaves the schedule as it is', async () => {
    const { advance, timer, invoker, stop } = await runTimer();
    await advance(5 * minuteMs);
    const byHand = timer.runAt(tenOClock, 'by hand');
    await settled();
    expect(invoker.running()).toBe(1);
    await invoker.finish();
    await invoker.finish();
    await byHand;
    await advance(5 * minuteMs);
    expect(invoker.inputs).toHaveLength(3);
    await invoker.finish();
    await stop();
  });
});

describe('a timer that starts again', () => {
  async function runOnce(monitor: ScheduleMonitor, schedule?: string): Promise<void> {
    const first = await runTimer({ monitor, ...(schedule === undefined ? {} : { schedule }) });
    await first.advance(5 * minuteMs);
    await first.invoker.finish();
    await first.stop();
  }

  test('makes up for a missed run at once, past due', async () => {
    const monitor = createMemoryMonitor();
    await runOnce(monitor);
    const { seen, invoker, stop } = await runTimer({ monitor, nowMs: tenOClock + 12 * minuteMs });
    expect(seen()).toEqual([expect.objectContaining({ IsPastDue: true })]);
    await invoker.finish();
    await stop();
  });

  test('before the next run is due waits for it', async () => {
    const monitor = createMemoryMonitor();
    await runOnce(monitor);
    const { invoker, stop } = await runTimer({ monitor, nowMs: tenOClock + 7 * minuteMs });
    expect(invoker.inputs).toHaveLength(0);
    await stop();
  });

  test('with another schedule is not past due', async () => {
    const monitor = createMemoryMonitor();
    await runOnce(monitor);
    const { invoker, stop } = await runTimer({ monitor, schedule: '0 0 * * * *', nowMs: tenOClock + 90 * minuteMs });
    expect(invoker.inputs).toHaveLength(0);
    await stop();
  });

  test.each([
    ['without a monitor', { useMonitor: false }],
    ['more often than once a minute', { schedule: '*/30 * * * * *' }],
  ])('%s has no status and is never past due', async (_what, setup) => {
    const monitor = createMemoryMonitor();
    await monitor.write('tick', { lastMs: 0, nextMs: 30_000, lastUpdatedMs: 0 });
    const { advance, seen, invoker, stop } = await runTimer({ ...setup, monitor });
    expect(invoker.inputs).toHaveLength(0);
    await advance(5 * minuteMs);
    expect(seen()).toEqual([expect.objectContaining({ ScheduleStatus: null, IsPastDue: false })]);
    await invoker.finish();
    await stop();
  });

  test('whose status cannot be read goes by its schedule and says so', async () => {
    const monitor: ScheduleMonitor = {
      read: () => Promise.reject(new Error('storage is away')),
      write: () => Promise.resolve(),
    };
    const { advance, invoker, lines, stop } = await runTimer({ monitor });
    expect(lines).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('storage is away') }),
    ]);
    await advance(5 * minuteMs);
    expect(invoker.inputs).toHaveLength(1);
    await invoker.finish();
    await stop();
  });
});
