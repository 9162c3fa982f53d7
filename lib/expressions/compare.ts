import { toInteger, toSingle, toText } from './convert.js';
import type { ComparisonOperator } from './syntaxTree.js';
import type { Value } from './values.js';

/**
 * Two numbers compare as numbers, two dates as instants, everything else as text, ordinal and with regard to case.
 * A null on either side satisfies no operator.
 */
export function compareValues(operator: ComparisonOperator, left: Value, right: Value): boolean {
  const a = toSingle(left);
  const b = toSingle(right);
  if (a === null || b === null) return false;
  if (typeof a === 'bigint' || typeof b === 'bigint') return holds(operator, toInteger(a), toInteger(b));
  if (typeof a === 'object' && typeof b === 'object' && a.kind === 'dateTime' && b.kind === 'dateTime') {
    return holds(operator, a.ticks, b.ticks);
  }
  return holds(operator, toText(a) ?? '', toText(b) ?? '');
}

function holds<T extends bigint | string>(operator: ComparisonOperator, a: T, b: T): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
  }
}
