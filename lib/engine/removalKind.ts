import type { Effect, Outcome } from './outcome.js';

/** Whether a removal deletes: by what was done, else by what the policy says for today. */
export const isDeletion = (effect: Effect, removal: Outcome['assessment']['removal']): boolean =>
  effect.kind === 'removed'
    ? effect.operation === 'delete'
    : removal?.rule.kind === 'delete' && removal.rule.afterMs === 0;
