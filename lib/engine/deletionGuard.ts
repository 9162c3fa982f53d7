/** Below this many active linked users a share says nothing. */
export const shareCountsAbove = 20;
/** Of a rolling day so many times the share of a cycle may go, as with the numbers by default. */
const sharesADay = 3;

export interface GuardInput {
  /** Removals newly staged and not let through yet. */
  readonly newlyStaged: number;
  /** Carried out by this cycle already. */
  readonly carriedOut: number;
  /** Carried out in the rolling day, by this cycle, others and on demand; released ones left out. */
  readonly carriedOutToday: number;
  readonly linkedActive: number;
  readonly threshold: number;
  readonly thresholdPercent: number;
  readonly thresholdDaily: number;
}

export type GuardVerdict = { readonly kind: 'go' } | { readonly kind: 'hold'; readonly reason: string };

/**
 * May the removals of this cycle go ahead? Trips when the count of the cycle, or of the rolling day, is greater than its
 * number, or than its share of the linked users that were active where there are more than 20 of them. With nothing newly
 * staged there is nothing to hold.
 */
export const guardRemovals = (input: GuardInput): GuardVerdict => {
  if (input.newlyStaged === 0) return { kind: 'go' };
  const inCycle = input.newlyStaged + input.carriedOut;
  const inDay = input.newlyStaged + input.carriedOutToday;
  const dayPercent = Math.min(100, sharesADay * input.thresholdPercent);
  const passed = [
    byNumber(inCycle, input.threshold, 'in one cycle'),
    byShare(inCycle, input.linkedActive + input.carriedOut, input.thresholdPercent, 'in one cycle'),
    byNumber(inDay, input.thresholdDaily, 'in 24 hours'),
    byShare(inDay, input.linkedActive + input.carriedOutToday, dayPercent, 'in 24 hours'),
  ].find((reason) => reason !== null);
  return passed ? { kind: 'hold', reason: passed } : { kind: 'go' };
};

const byNumber = (removals: number, threshold: number, span: string): string | null =>
  removals > threshold ? `${removals} removals ${span} are more than ${threshold}` : null;

const byShare = (removals: number, active: number, percent: number, span: string): string | null =>
  active > shareCountsAbove && removals * 100 > active * percent
    ? `${removals} removals ${span} are more than ${percent} % of ${active} active users`
    : null;

const dayMs = 24 * 60 * 60 * 1000;
/** Of an ISO instant, as far as the hour: `2026-11-23T07`. */
const hourChars = 13;

export const hourOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, hourChars);

/** What was carried out in the last 24 hours, by full hours. */
export const sumOfDay = (removals: Readonly<Record<string, number>>, nowMs: number): number => {
  const oldest = hourOf(nowMs - dayMs);
  return Object.entries(removals).reduce((sum, [hour, count]) => (hour >= oldest ? sum + count : sum), 0);
};
