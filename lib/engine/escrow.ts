import type { Fault } from './model.js';
import type { Pending } from './stored.js';

export const dayMs = 24 * 60 * 60 * 1000;
const longestDelayMs = 28 * dayMs;

/**
 * How long a failed object waits: its first retry comes in the next cycle, however soon that is; then twice the
 * interval, doubled each time, up to 28 days.
 */
export const escrowDelayMs = (attempts: number, intervalMs: number): number =>
  attempts <= 1 ? 0 : Math.min(longestDelayMs, intervalMs * 2 ** (attempts - 1));

/** Same growth, but never longer than a day: what a person may change in Zoom at any time (an accepted invitation). */
export const recheckDelayMs = (attempts: number, intervalMs: number): number =>
  Math.min(dayMs, escrowDelayMs(attempts, intervalMs));

/**
 * The mark after a failed attempt. An error that no retry heals waits for a change of the object: it stays visible as
 * an escrow, looked at once in 28 days.
 */
export const escrow = (before: Pending | null, fault: Fault, nowMs: number, intervalMs: number): Pending =>
  markFailed(before, fault, nowMs, (attempts) => delayFor(fault, attempts, nowMs, intervalMs));

/** So often a removal that failed is tried like anything else; after that once a day. */
const firstRemovalRetries = 3;

/** The mark after a failed removal: somebody still has access, so it is tried once a day without end. */
export const escrowRemoval = (before: Pending | null, fault: Fault, nowMs: number, intervalMs: number): Pending =>
  markFailed(before, fault, nowMs, (attempts) =>
    attempts > firstRemovalRetries ? dayMs : Math.min(dayMs, delayFor(fault, attempts, nowMs, intervalMs)),
  );

const markFailed = (
  before: Pending | null,
  fault: Fault,
  nowMs: number,
  delayMs: (attempts: number) => number,
): Pending => {
  const earlier = before?.fault ? before.attempts : 0;
  // A fault of the job is none of the object: it is tried with the next cycle, however long the job was down.
  const isOfJob = fault.whose === 'job';
  const attempts = isOfJob ? Math.max(1, earlier) : earlier + 1;
  return {
    reason: 'failed',
    due: new Date(nowMs + 1 + (isOfJob ? 0 : delayMs(attempts))).toISOString(),
    touch: before?.touch ?? 0,
    attempts,
    firstFailureAt: before?.firstFailureAt ?? new Date(nowMs).toISOString(),
    fault,
  };
};

const delayFor = (fault: Fault, attempts: number, nowMs: number, intervalMs: number): number => {
  switch (fault.retry) {
    case 'onChange':
      return longestDelayMs;
    case 'at':
      return Math.max(0, Date.parse(fault.retryAt ?? '') - nowMs || 0);
    case 'nextCycle':
      return escrowDelayMs(attempts, intervalMs);
  }
};
