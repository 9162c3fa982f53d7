import { isDeepStrictEqual } from 'node:util';
import type { Attributes } from '../../lib/expressions/attributes.js';
import {
  type CompiledExpression,
  compileExpression,
  type RefusedExpression,
} from '../../lib/expressions/compileExpression.js';
import { parseExpression } from '../../lib/expressions/parseExpression.js';
import { printExpression } from '../../lib/expressions/printExpression.js';
import type { ArgumentNode } from '../../lib/expressions/syntaxTree.js';
import { toTargetValue } from '../../lib/expressions/toTargetValue.js';
import { tryExpression } from '../../lib/expressions/tryExpression.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import { marker } from './drawObject.js';

const nowMs = Date.UTC(2024, 1, 29, 12, 30);
const createContext = () => ({
  ...createSeededContext(nowMs, 7),
  isTaken: (candidate: string) => candidate.length < 2,
  defaultDomain: 'contoso.example',
});

/** What became of an expression, and what is wrong with that. */
export interface ExpressionVerdict {
  /** `refused`, or the kind of each evaluation's outcome. */
  readonly kinds: readonly string[];
  readonly faults: readonly string[];
}

/**
 * An expression is refused with a place inside its text, or compiles and evaluates to an outcome, the same each time, whose message holds no
 * attribute value; what parses survives being printed. Throws what the language throws, which is a fault as well.
 */
export const checkExpression = (text: string, objects: readonly Attributes[]): ExpressionVerdict => {
  const compiled = compileExpression(text);
  const faults = checkPrinting(text);
  if (compiled.kind === 'refused') return { kinds: ['refused'], faults: [...faults, ...checkRefusal(text, compiled)] };
  const checked = objects.map((attributes) => checkEvaluation(compiled, attributes));
  const [attributes] = objects;
  tryExpression(text, attributes ?? null, createContext());
  return { kinds: checked.map(({ kind }) => kind), faults: [...faults, ...checked.flatMap((one) => one.faults)] };
};

const checkPrinting = (text: string): string[] => {
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') return [];
  const printed = printExpression(parsed.tree);
  if (printed.length > 10_000) return [];
  const again = parseExpression(printed);
  if (again.kind === 'refused') return [`prints as what is refused: ${again.error.message}`];
  return isDeepStrictEqual(withoutPlaces(again.tree), withoutPlaces(parsed.tree)) ? [] : ['prints as something else'];
};

const withoutPlaces = (tree: ArgumentNode): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value) => {
      if (key === 'start' || key === 'end') return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );

const checkRefusal = (text: string, { errors }: RefusedExpression): string[] => {
  if (errors.length === 0) return ['is refused without a reason'];
  return errors
    .filter(({ position: { offset, line, column } }) => offset < 0 || offset > text.length || line < 1 || column < 1)
    .map(({ code }) => `${code} stands outside of the text`);
};

const checkEvaluation = (compiled: CompiledExpression, attributes: Attributes) => {
  const outcome = compiled.evaluate(attributes, createContext());
  const faults: string[] = [];
  if (!isDeepStrictEqual(compiled.evaluate(attributes, createContext()), outcome)) faults.push('differs from itself');
  if (outcome.kind === 'value' && toTargetValue(outcome.value) === null) faults.push('gives null for a value');
  if (outcome.kind === 'error' && outcome.message.includes(marker)) faults.push(`${outcome.code} tells a value`);
  return { kind: outcome.kind === 'error' ? outcome.code : outcome.kind, faults };
};
