import type { Clock } from '../../clock.js';
import type { Invoker } from './invoke.js';
import type { HostLog } from './log.js';
import { parseSchedule } from './ncrontab.js';
import { expandSettings, type Settings } from './settings.js';
import {
  nextMsAfter,
  resumeStatus,
  runsWithinMinute,
  type ScheduleMonitor,
  type TimerStatus,
  toTimerData,
} from './timerStatus.js';
import type { HostedFunction, TimerTrigger } from './triggers.js';

/** `setTimeout` fires at once beyond 24.8 days, and a wall clock can be set: so long waits go in hours. */
const longestSleepMs = 3_600_000;

export interface Timer {
  readonly functionName: string;
  /** Fires by the schedule until `signal` aborts. Never rejects. */
  runBySchedule(signal: AbortSignal): Promise<void>;
  /**
   * Runs it once by hand, after a run under way; where no schedule runs, it counts as the run of `scheduledMs`.
   * Throws what the function throws.
   */
  runAt(scheduledMs: number, reason: string): Promise<void>;
}

export interface TimerOptions {
  readonly invoker: Invoker;
  readonly monitor: ScheduleMonitor;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: HostLog;
}

/**
 * A timer as the Functions extension runs it: one run at a time; the next one is planned from the start of the last,
 * so that the runs missed meanwhile become one, at once and not past due. Throws `ScheduleInvalid`, `SettingMissing`.
 */
export function createTimer(hosted: HostedFunction<TimerTrigger>, options: TimerOptions): Timer {
  const { invoker, monitor, settings, clock, log } = options;
  const { name, trigger } = hosted;
  const schedule = parseSchedule(expandSettings(trigger.schedule, settings, `Function ${name}, schedule`));
  const isMonitored = trigger.useMonitor && !runsWithinMinute(schedule, clock.nowMs());
  let status: TimerStatus = resumeStatus(null, schedule, clock.nowMs()).status;
  let isScheduled = false;
  let lastRun: Promise<unknown> = Promise.resolve();

  /** One at a time: a run waits for the one before it, however that ended. */
  function run(isPastDue: boolean, reason: string): Promise<void> {
    const next = lastRun.then(async () => {
      await invoker.invoke(hosted, { data: toTimerData(isMonitored ? status : null, isPastDue), reason });
    });
    lastRun = next.catch(() => undefined);
    return next;
  }

  async function recordRun(startedMs: number): Promise<void> {
    status = { lastMs: startedMs, nextMs: nextMsAfter(schedule, startedMs), lastUpdatedMs: startedMs };
    if (isMonitored) await monitor.write(name, status);
  }

  /** The invocation has logged its own failure; what fails beside it must not end the schedule either. */
  async function runScheduled(startedMs: number, isPastDue: boolean, reason: string): Promise<void> {
    const outcomes = [await settle(run(isPastDue, reason)), await settle(recordRun(startedMs))];
    for (const message of outcomes) {
      if (message !== null) log({ level: 'warning', category: 'Host.Triggers.Timer', message: `${name}: ${message}` });
    }
  }

  async function resume(): Promise<boolean> {
    const resumed = resumeStatus(isMonitored ? await monitor.read(name) : null, schedule, clock.nowMs());
    status = resumed.status;
    if (!isMonitored) return false;
    if (!resumed.isPastDue) await monitor.write(name, status);
    return resumed.isPastDue;
  }

  return {
    functionName: name,
    async runBySchedule(signal) {
      isScheduled = true;
      const isPastDue = await resume().catch((error: unknown) => {
        const message = `${name}: the schedule's status could not be read, so a missed run is not made up: ${error}`;
        log({ level: 'warning', category: 'Host.Triggers.Timer', message });
        return false;
      });
      if (signal.aborted) return;
      if (isPastDue) await runScheduled(clock.nowMs(), true, 'The timer is past due');
      else if (trigger.runOnStartup) await runScheduled(clock.nowMs(), false, 'The timer runs on startup');
      while (status.nextMs !== null && (await sleepUntil(status.nextMs, clock, signal))) {
        await runScheduled(Math.max(status.nextMs, clock.nowMs()), false, 'The timer fired');
      }
    },
    async runAt(scheduledMs, reason) {
      try {
        await run(false, reason);
      } finally {
        if (!isScheduled) await recordRun(scheduledMs);
      }
    },
  };
}

/** What went wrong, as text; null where nothing did. */
async function settle(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return `the schedule goes on after: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** False where `signal` aborted first. */
async function sleepUntil(timeMs: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    if (signal.aborted) return false;
    const leftMs = timeMs - clock.nowMs();
    if (leftMs <= 0) return true;
    try {
      await clock.sleep(Math.min(leftMs, longestSleepMs), signal);
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }
}
