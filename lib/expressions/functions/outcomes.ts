import { defineFunction } from '../defineFunction.js';
import type { Argument } from '../evaluation.js';
import { EvaluationError } from '../evaluationError.js';
import { defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, text } from '../parameters.js';
import { printExpression } from '../printExpression.js';

/** Functions that say what becomes of a value or of the object. */
export const outcomeFunctions: readonly FunctionDefinition[] = [
  defineForm({
    name: 'Error',
    summary: 'Fails the object with a message.',
    origin: 'cloudSync',
    parameters: [text('message', 'What to tell the administrator.')],
    result: 'Any',
    compile: (call) => {
      const [argument] = call.arguments;
      if (argument === undefined) return () => null;
      const message = describeMessage(argument);
      return () => {
        throw new EvaluationError('ErrorFunction', message);
      };
    },
  }),
  defineFunction({
    name: 'Redact',
    summary: 'The value unchanged; logs show [Redact] in its place.',
    parameters: [any('value', 'The value to keep out of the logs.')],
    result: 'Any',
    evaluate: ([value]) => value,
  }),
];

/** A message that is put together is told as the expression for it: errors hold no attribute values. */
function describeMessage({ constant, node }: Argument): string {
  return typeof constant === 'string'
    ? constant
    : `The expression's Error function was reached: ${printExpression(node)}`;
}
