import type { Counters, DemandCounts } from './control.js';
import type { Outcome } from './outcome.js';

/** Keeps the number of linked users, active and disabled, in step; it moves in the checkpoint's transaction. */
export const countLinks = (outcomes: readonly Outcome[], count: (key: string, by: number) => void): void => {
  for (const { assessment, effect } of outcomes) {
    const { type, link } = assessment.subject.stored.row;
    if (type !== 'user') continue;
    const before = link?.state;
    countLinkChange(before, stateAfter(before, effect), count);
  }
};

/** One link that went from one state to another; undefined is no link. */
export const countLinkChange = (
  before: string | undefined,
  after: string | undefined,
  count: (key: string, by: number) => void,
): void => {
  if (before === after) return;
  if (before === 'active') count('linkedActive', -1);
  if (before === 'disabled') count('linkedDisabled', -1);
  if (after === 'active') count('linkedActive', 1);
  if (after === 'disabled') count('linkedDisabled', 1);
};

/** Gathers what a call changes in the number of linked users; other keys are not its business. */
export interface LinkTally {
  readonly count: (key: string, by: number) => void;
  readonly read: () => Counters;
}

export const createLinkTally = (): LinkTally => {
  const sum = { linkedActive: 0, linkedDisabled: 0 };
  return {
    count: (key, by) => {
      if (key === 'linkedActive' || key === 'linkedDisabled') sum[key] += by;
    },
    read: () => ({ ...sum }),
  };
};

const stateAfter = (before: string | undefined, effect: Outcome['effect']): string | undefined => {
  if (effect.kind === 'exported') return 'active';
  if (effect.kind === 'removed') return effect.link?.state;
  if (effect.kind === 'failed') return effect.link?.state ?? before;
  return before;
};

/** Splits what a slice counted into the cycle's counts and the moved counters. */
export const splitCounts = (
  counts: Readonly<Record<string, number>>,
  counters: Counters,
): { readonly cycle: Readonly<Record<string, number>>; readonly counters: Counters } => {
  const { linkedActive = 0, linkedDisabled = 0, ...cycle } = counts;
  return {
    cycle,
    counters: {
      linkedActive: Math.max(0, counters.linkedActive + linkedActive),
      linkedDisabled: Math.max(0, counters.linkedDisabled + linkedDisabled),
    },
  };
};

/** The job's figures with those of calls on demand. A recount has seen their links already, and only misses removals. */
export const foldDemands = (
  demands: readonly DemandCounts[],
  counters: Counters,
  removals: Readonly<Record<string, number>>,
  isRecounted: boolean,
): { readonly counters: Counters; readonly removals: Readonly<Record<string, number>> } => {
  const sum = (of: (demand: DemandCounts) => number): number => demands.reduce((total, one) => total + of(one), 0);
  const byHour = { ...removals };
  for (const { at, removals: carriedOut } of demands) {
    const hour = at.slice(0, hourChars);
    if (carriedOut > 0) byHour[hour] = (byHour[hour] ?? 0) + carriedOut;
  }
  return {
    removals: byHour,
    counters: isRecounted
      ? counters
      : {
          linkedActive: Math.max(0, counters.linkedActive + sum(({ linkedActive }) => linkedActive)),
          linkedDisabled: Math.max(0, counters.linkedDisabled + sum(({ linkedDisabled }) => linkedDisabled)),
        },
  };
};

/** Of an ISO instant, as far as the hour: `2026-11-23T07`. */
const hourChars = 13;

export const addCounts = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const sum: Record<string, number> = { ...a };
  for (const [key, by] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + by;
  return sum;
};
