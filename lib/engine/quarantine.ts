import type { CycleSummary, Quarantine } from './control.js';
import { dayMs } from './escrow.js';
import type { EscrowVerdict } from './escrowThresholds.js';
import type { Fault } from './model.js';
import type { QuarantineReason } from './quarantineReason.js';

/** Removals are held: cycles go on at their usual pace. */
export const heldReason: QuarantineReason = 'TooManyDeletes';

/** After so long in quarantine the job is switched off (Microsoft: four weeks). */
export const quarantineEndsAfterMs = 28 * dayMs;

const hourMs = 60 * 60 * 1000;
/** Microsoft's retries, measured from the first failure; after them every 24 hours. */
const firstRetriesMs = [6 * hourMs, 12 * hourMs, 24 * hourMs] as const;

/** The next attempt of a job in quarantine: after 6, 12 and 24 hours from the first failure, then every 24 hours. */
export const nextAttempt = (sinceMs: number, nowMs: number): number => {
  const first = firstRetriesMs.find((delayMs) => sinceMs + delayMs > nowMs);
  if (first !== undefined) return sinceMs + first;
  return sinceMs + (Math.floor((nowMs - sinceMs) / dayMs) + 1) * dayMs;
};

/** What a cycle found that quarantines its job. */
interface Cause {
  readonly reason: QuarantineReason;
  readonly fault: Fault | null;
}

/**
 * The job's quarantine after a cycle. A fault of the job comes first, then too many failures, then removals that are
 * held; a cycle with none of them leaves quarantine. One that ended because the target was down proves nothing: all stays.
 */
export const quarantineAfter = (
  before: Quarantine | null,
  summary: CycleSummary,
  escrows: EscrowVerdict | null,
): Quarantine | null => {
  const cause = causeOf(summary, escrows);
  if (cause) return impose(before, cause, summary.endedAt);
  return (summary.counts['targetDown'] ?? 0) > 0 ? before : null;
};

/** Whether cycles slow down: not for removals that wait for a person, since joiners and updates go on. */
export const isBackingOff = (quarantine: Quarantine | null): quarantine is Quarantine =>
  quarantine !== null && quarantine.reason !== heldReason;

const causeOf = (summary: CycleSummary, escrows: EscrowVerdict | null): Cause | null => {
  const { fault, counts } = summary;
  if (fault?.whose === 'job') return { reason: reasonOf(fault), fault };
  if (escrows) return escrows;
  return (counts['stillHeld'] ?? 0) > 0 ? { reason: heldReason, fault: null } : null;
};

/** A series goes on until it is lifted; held removals and everything else are series of their own. */
const impose = (before: Quarantine | null, cause: Cause, now: string): Quarantine => {
  const goesOn = before !== null && (before.reason === heldReason) === (cause.reason === heldReason);
  const since = goesOn ? before.since : now;
  const isHeld = cause.reason === heldReason;
  return {
    reason: cause.reason,
    since,
    until: isHeld ? null : new Date(nextAttempt(Date.parse(since), Date.parse(now))).toISOString(),
    fault: cause.fault,
    evaluatedAt: now,
    timesImposed: goesOn ? (before.timesImposed ?? 1) + 1 : 1,
  };
};

/** An empty list is an interrupted ingestion, a cycle that stalls a defect; all else is a lost connection or right. */
const reasonOf = ({ code }: Fault): QuarantineReason => {
  if (code === 'IngestionInterrupted') return 'IngestionInterrupted';
  return code === 'CycleStalled' ? 'Unknown' : 'EncounteredQuarantineException';
};
