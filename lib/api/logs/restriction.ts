/** What every row that can match has in common: one of these values, and an instant between these. Null: anything. */
export interface Restriction {
  readonly sourceIds: ReadonlySet<string> | null;
  readonly cycleIds: ReadonlySet<string> | null;
  /** Whole milliseconds, both ends included. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Nothing can match. */
  readonly isEmpty: boolean;
}

export const unrestricted: Restriction = {
  sourceIds: null,
  cycleIds: null,
  fromMs: null,
  toMs: null,
  isEmpty: false,
};

export const nothing: Restriction = { ...unrestricted, isEmpty: true };

type Values = ReadonlySet<string> | null;

const bothOf = (one: Values, other: Values): Values =>
  one && other ? new Set([...one].filter((value) => other.has(value))) : (one ?? other);
const eitherOf = (one: Values, other: Values): Values => (one && other ? new Set([...one, ...other]) : null);

const pick = (choose: (...values: number[]) => number, one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : choose(one, other);
const pickBoth = (choose: (...values: number[]) => number, one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : choose(one, other);

/** Of rows that fulfil both. */
export const intersect = (one: Restriction, other: Restriction): Restriction => {
  const sourceIds = bothOf(one.sourceIds, other.sourceIds);
  const cycleIds = bothOf(one.cycleIds, other.cycleIds);
  const fromMs = pick(Math.max, one.fromMs, other.fromMs);
  const toMs = pick(Math.min, one.toMs, other.toMs);
  const isEmpty =
    one.isEmpty ||
    other.isEmpty ||
    sourceIds?.size === 0 ||
    cycleIds?.size === 0 ||
    (fromMs !== null && toMs !== null && fromMs > toMs);
  return { sourceIds, cycleIds, fromMs, toMs, isEmpty };
};

/** Of rows that fulfil one at least. */
export const unite = (one: Restriction, other: Restriction): Restriction => {
  if (one.isEmpty) return other;
  if (other.isEmpty) return one;
  return {
    sourceIds: eitherOf(one.sourceIds, other.sourceIds),
    cycleIds: eitherOf(one.cycleIds, other.cycleIds),
    fromMs: pickBoth(Math.min, one.fromMs, other.fromMs),
    toMs: pickBoth(Math.max, one.toMs, other.toMs),
    isEmpty: false,
  };
};
