/**
 * The next start on the grid `from + n × interval`, skipping what has passed. Counted from the scheduled instant and
 * not from the end of a run; otherwise 40 minutes would become 45 with a tick of 5.
 */
export const nextRunAt = (scheduledMs: number, intervalMs: number, nowMs: number): number => {
  const missed = Math.max(0, Math.floor((nowMs - scheduledMs) / intervalMs));
  return scheduledMs + (missed + 1) * intervalMs;
};

/** Whether a job's cycle is to start now. A job that never ran is due. */
export const isDue = (nextRun: string | null, nowMs: number): boolean =>
  nextRun === null || Date.parse(nextRun) <= nowMs;
