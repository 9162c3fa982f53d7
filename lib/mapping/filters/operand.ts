import type { AppRole, AttributeValue } from '../../expressions/attributes.js';

/** One value of a source attribute, as a scoping operator compares it. */
export type Operand = string | number | boolean;

const toOperand = (value: string | AppRole): string =>
  typeof value === 'string' ? value : (value.value ?? value.displayName);

const isList = (value: AttributeValue): value is readonly string[] | readonly AppRole[] => Array.isArray(value);

const isNothing = (operand: Operand): boolean => operand === '';

/** The attribute's values; empty where it has none. An empty text is no value, as for Entra's IS NULL. */
export const readOperands = (value: AttributeValue | undefined): readonly Operand[] => {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value.map(toOperand).filter((operand) => !isNothing(operand));
  return isNothing(value) ? [] : [value];
};

/** Booleans are written as Entra writes them, `True` and `False`. */
export const toOperandText = (operand: Operand): string => {
  if (typeof operand === 'boolean') return operand ? 'True' : 'False';
  return String(operand);
};

const maxShown = 5;
const maxShownLength = 200;

const quote = (operand: Operand): string => {
  const text = toOperandText(operand);
  return `'${text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text}'`;
};

/** The values in words: `null`, `'Sales'`, `['a', 'b', …3 more]`. */
export const describeOperands = (operands: readonly Operand[]): string => {
  const [first, ...others] = operands;
  if (first === undefined) return 'null';
  if (others.length === 0) return quote(first);
  const shown = operands.slice(0, maxShown).map(quote);
  const hidden = operands.length - shown.length;
  return `[${shown.join(', ')}${hidden > 0 ? `, …${hidden} more` : ''}]`;
};
