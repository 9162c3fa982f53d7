import type { FilterOperatorKind } from '../../schema/filterOperators.js';
import { compilePattern, type IsMatch } from '../../schema/pattern.js';
import { type Operand, toOperandText } from './operand.js';

/** Whether one value of the attribute satisfies the clause. */
export type Predicate = (operand: Operand) => boolean;

const isBooleanText = (text: string, wanted: boolean): boolean => text.trim().toLowerCase() === String(wanted);

const isBoolean =
  (wanted: boolean): Predicate =>
  (operand) =>
    typeof operand === 'boolean' ? operand === wanted : isBooleanText(String(operand), wanted);

/** Text is compared to the letter; a Boolean by its meaning, since its text is written `True` here and `true` there. */
const equalsAny =
  (wanted: readonly string[]): Predicate =>
  (operand) =>
    typeof operand === 'boolean'
      ? wanted.some((text) => isBooleanText(text, operand))
      : wanted.includes(toOperandText(operand));

/** Ids of the directory are the same in any case. */
const equalsAnyId = (wanted: readonly string[]): Predicate => {
  const ids = new Set(wanted.map((id) => id.toLowerCase()));
  return (operand) => ids.has(toOperandText(operand).toLowerCase());
};

const readInteger = (text: string): bigint | null => (/^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim()) : null);

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Milliseconds since 1970 of an ISO date or instant; one without a zone is UTC. */
const readInstant = (text: string): number | null => {
  const trimmed = text.trim();
  if (!isoDate.test(trimmed)) return null;
  const isZoned = !/T/i.test(trimmed) || /(?:Z|[+-]\d{2}:?\d{2})$/i.test(trimmed);
  const ms = Date.parse(isZoned ? trimmed : `${trimmed}Z`);
  return Number.isNaN(ms) ? null : ms;
};

const readOrdinal = (text: string): bigint | number | null => readInteger(text) ?? readInstant(text);

/** Whole numbers by value, and instants by time; anything else, or one of each, satisfies nothing. */
const comparesTo = (wanted: readonly string[], fits: (left: number) => boolean): Predicate => {
  const limits = wanted.map(readOrdinal);
  return (operand) => {
    const value = readOrdinal(toOperandText(operand));
    return limits.some(
      (limit) =>
        value !== null &&
        limit !== null &&
        typeof value === typeof limit &&
        fits(value < limit ? -1 : value > limit ? 1 : 0),
    );
  };
};

const toMatcher = (pattern: string): IsMatch => {
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'invalid') throw new RangeError(compiled.message);
  return compiled.isMatch;
};

const matchesAny = (patterns: readonly string[]): Predicate => {
  const compiled = patterns.map(toMatcher);
  return (operand) => compiled.some((isMatch) => isMatch(toOperandText(operand)));
};

const someText =
  (wanted: readonly string[], fits: (text: string, value: string) => boolean): Predicate =>
  (operand) =>
    wanted.some((value) => fits(toOperandText(operand), value));

const not =
  (predicate: Predicate): Predicate =>
  (operand) =>
    !predicate(operand);

/** The operator's test of one value. With several wanted values any may fit, and a negated operator wants none to. */
export const createPredicate = (kind: FilterOperatorKind, wanted: readonly string[]): Predicate => {
  switch (kind) {
    case 'equals':
      return equalsAny(wanted);
    case 'isMemberOf':
      return equalsAnyId(wanted);
    case 'notEquals':
      return not(equalsAny(wanted));
    case 'isTrue':
      return isBoolean(true);
    case 'isFalse':
      return isBoolean(false);
    case 'isNull':
      return () => false;
    case 'isNotNull':
      return () => true;
    case 'regexMatch':
      return matchesAny(wanted);
    case 'notRegexMatch':
      return not(matchesAny(wanted));
    case 'greaterThan':
      return comparesTo(wanted, (order) => order > 0);
    case 'greaterThanOrEquals':
      return comparesTo(wanted, (order) => order >= 0);
    case 'includes':
      return someText(wanted, (text, value) => text.includes(value));
    case 'endsWith':
      return someText(wanted, (text, value) => text.endsWith(value));
    case 'occursIn':
      return someText(wanted, (text, value) => value.includes(text));
    case 'notOccursIn':
      return not(someText(wanted, (text, value) => value.includes(text)));
  }
};
