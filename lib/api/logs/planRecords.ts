import { instantOfId } from '../../clock.js';
import type { RecordPath } from '../../engine/logReading.js';
import type { Comparison, Filter, FilterValue } from './filter.js';
import { intersect, nothing, type Restriction, unite, unrestricted } from './restriction.js';

/** Where the answer is read from, and between which instants; null: nothing can match. The filter is asked all the same. */
export interface RecordPlan {
  readonly path: RecordPath;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** What is the same in every record of this job, by the member's path. */
export type Constants = Readonly<Record<string, string>>;

/** Partitions that are read beside one another; more are found faster in the order of days. */
const mostStreams = 20;

/** Objects have few records, cycles many, days the most. */
export const planRecords = (filter: Filter | null, constants: Constants): RecordPlan | null => {
  const { sourceIds, cycleIds, fromMs, toMs, isEmpty } = filter ? restrict(filter, false, constants) : unrestricted;
  if (isEmpty) return null;
  return { path: choosePath(sourceIds, cycleIds), fromMs, toMs };
};

const choosePath = (sourceIds: ReadonlySet<string> | null, cycleIds: ReadonlySet<string> | null): RecordPath => {
  if (sourceIds && sourceIds.size <= mostStreams) return { kind: 'object', sourceIds: [...sourceIds] };
  if (cycleIds && cycleIds.size <= mostStreams) return { kind: 'cycle', cycleIds: [...cycleIds] };
  return { kind: 'day' };
};

/** What must hold of a row for the filter to be true, or with `isNegated` false. Never too narrow. */
const restrict = (filter: Filter, isNegated: boolean, constants: Constants): Restriction => {
  switch (filter.kind) {
    case 'not':
      return restrict(filter.operand, !isNegated, constants);
    case 'and':
    case 'or': {
      const parts = filter.operands.map((operand) => restrict(operand, isNegated, constants));
      return (filter.kind === 'and') === isNegated ? parts.reduce(unite) : parts.reduce(intersect);
    }
    case 'oneOf':
      return isNegated ? unrestricted : restrictTo(filter.member, filter.values);
    case 'compare':
      return restrictComparison(filter, isNegated, constants);
    case 'call':
      return unrestricted;
  }
};

const restrictTo = (member: string, values: ReadonlySet<string>): Restriction => {
  if (values.size === 0) return nothing;
  if (member === 'sourceIdentity/id') return { ...unrestricted, sourceIds: values };
  if (member === 'cycleId') return { ...unrestricted, cycleIds: values };
  if (member === 'id' || member === 'changeId') return restrictToIds([...values]);
  return unrestricted;
};

/** A change is numbered by its record's id, which carries its instant. */
const restrictToIds = (ids: readonly string[]): Restriction => {
  const instants = ids.flatMap((id) => instantOfId(id) ?? []);
  if (instants.length < ids.length) return unrestricted;
  return { ...unrestricted, fromMs: Math.min(...instants), toMs: Math.max(...instants) };
};

const negations: Readonly<Record<Comparison, Comparison>> = {
  eq: 'ne',
  ne: 'eq',
  gt: 'le',
  le: 'gt',
  lt: 'ge',
  ge: 'lt',
};

const restrictComparison = (
  { member, comparison, value }: Extract<Filter, { kind: 'compare' }>,
  isNegated: boolean,
  constants: Constants,
): Restriction => {
  const effective = isNegated ? negations[comparison] : comparison;
  const constant = constants[member];
  const isEquality = effective === 'eq' || effective === 'ne';
  if (constant !== undefined && isEquality) {
    return (constant === value) === (effective === 'eq') ? unrestricted : nothing;
  }
  // An instant is never absent, so that its order can be turned round.
  if (member === 'activityDateTime') return restrictInstant(effective, value);
  return effective === 'eq' && typeof value === 'string' ? restrictTo(member, new Set([value])) : unrestricted;
};

/** Records carry whole milliseconds; the instant asked for may have a fraction. */
const restrictInstant = (comparison: Comparison, value: FilterValue): Restriction => {
  if (typeof value !== 'number') return unrestricted;
  switch (comparison) {
    case 'eq':
      return Number.isInteger(value) ? { ...unrestricted, fromMs: value, toMs: value } : nothing;
    case 'ne':
      return unrestricted;
    case 'gt':
      return { ...unrestricted, fromMs: Math.floor(value) + 1 };
    case 'ge':
      return { ...unrestricted, fromMs: Math.ceil(value) };
    case 'lt':
      return { ...unrestricted, toMs: Math.ceil(value) - 1 };
    case 'le':
      return { ...unrestricted, toMs: Math.floor(value) };
  }
};
