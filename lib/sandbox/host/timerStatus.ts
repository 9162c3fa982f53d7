import type { TypedData } from './coreTypes.js';
import { nextOccurrence, type Schedule } from './ncrontab.js';

/** When a timer last ran and runs next, as milliseconds since 1970; null where there is no such time. */
export interface TimerStatus {
  readonly lastMs: number | null;
  readonly nextMs: number | null;
  readonly lastUpdatedMs: number;
}

/** Keeps the status of timers across restarts, by function name. */
export interface ScheduleMonitor {
  read(functionName: string): Promise<TimerStatus | null>;
  write(functionName: string, status: TimerStatus): Promise<void>;
}

/** Keeps it as long as the object lives. */
export function createMemoryMonitor(): ScheduleMonitor {
  const statuses = new Map<string, TimerStatus>();
  return {
    read: async (functionName) => statuses.get(functionName) ?? null,
    write: async (functionName, status) => {
      statuses.set(functionName, status);
    },
  };
}

export const nextMsAfter = (schedule: Schedule, afterMs: number): number | null =>
  nextOccurrence(schedule, new Date(afterMs))?.getTime() ?? null;

/**
 * What a start finds: the status to go on from, and whether a run was missed. A changed schedule is planned anew and
 * is never past due, as in the Functions timer extension.
 */
export function resumeStatus(
  stored: TimerStatus | null,
  schedule: Schedule,
  nowMs: number,
): { readonly status: TimerStatus; readonly isPastDue: boolean } {
  const fresh: TimerStatus = { lastMs: null, nextMs: nextMsAfter(schedule, nowMs), lastUpdatedMs: nowMs };
  if (stored === null) return { status: fresh, isPastDue: false };
  if (stored.nextMs !== nextMsAfter(schedule, stored.lastMs ?? stored.lastUpdatedMs)) {
    return { status: { ...fresh, lastMs: stored.lastMs }, isPastDue: false };
  }
  return { status: stored, isPastDue: stored.nextMs !== null && nowMs > stored.nextMs };
}

/** Schedules that can run more often than once a minute are not monitored, whatever the registration says. */
export function runsWithinMinute(schedule: Schedule, nowMs: number): boolean {
  const firstMs = nextMsAfter(schedule, nowMs);
  const secondMs = firstMs === null ? null : nextMsAfter(schedule, firstMs);
  return firstMs !== null && secondMs !== null && secondMs - firstMs < 60_000;
}

const neverIso = '0001-01-01T00:00:00Z';
const toIso = (timeMs: number | null): string => (timeMs === null ? neverIso : new Date(timeMs).toISOString());

/** The timer's argument in the host's spelling; the library turns it into camel case. */
export function toTimerData(status: TimerStatus | null, isPastDue: boolean): TypedData {
  const scheduleStatus =
    status === null
      ? null
      : { Last: toIso(status.lastMs), Next: toIso(status.nextMs), LastUpdated: toIso(status.lastUpdatedMs) };
  return {
    json: JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: scheduleStatus, IsPastDue: isPastDue }),
  };
}
