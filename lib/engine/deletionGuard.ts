/** Below this many active linked users a share says nothing. */
export const shareCountsAbove = 20;

export interface GuardInput {
  /** Removals newly staged in this cycle, those already carried out by it included. */
  readonly removals: number;
  readonly linkedActive: number;
  readonly threshold: number;
  readonly thresholdPercent: number;
}

export type GuardVerdict = { readonly kind: 'go' } | { readonly kind: 'hold'; readonly reason: string };

/**
 * May the removals of this cycle go ahead? Trips when the count is greater than the number, or greater than the share
 * of the active linked users where there are more than 20 of them.
 */
export const guardRemovals = (input: GuardInput): GuardVerdict => {
  if (input.removals > input.threshold) {
    return { kind: 'hold', reason: `${input.removals} removals in one cycle are more than ${input.threshold}` };
  }
  const allowed = (input.linkedActive * input.thresholdPercent) / 100;
  if (input.linkedActive > shareCountsAbove && input.removals > allowed) {
    return {
      kind: 'hold',
      reason: `${input.removals} removals are more than ${input.thresholdPercent} % of ${input.linkedActive} active users`,
    };
  }
  return { kind: 'go' };
};
