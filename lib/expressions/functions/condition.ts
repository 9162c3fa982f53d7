import { toBoolean } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { type Call, defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, boolean } from '../parameters.js';
import type { SyntaxNode } from '../syntaxTree.js';

const iif = defineForm({
  name: 'IIF',
  summary: 'One of two values, by a condition. Only the value chosen is evaluated.',
  parameters: [
    boolean('condition', 'A comparison, or anything that is true or false.'),
    any('valueIfTrue', 'The value where the condition holds.'),
    any('valueIfFalse', 'The value where it does not.'),
  ],
  result: 'Any',
  compile: (call) => {
    const [condition, whenTrue, whenFalse] = call.arguments;
    if (!condition || !whenTrue || !whenFalse) return () => null;
    warnOfCondition(call, condition.node);
    return (scope) => (toBoolean(condition.evaluate(scope)) ? whenTrue : whenFalse).evaluate(scope);
  },
});

/** Microsoft calls these conditions unsupported in IIF; they are evaluated as they read. */
function warnOfCondition(call: Call, condition: SyntaxNode): void {
  const isEmptyTest =
    condition.kind === 'comparison' &&
    [condition.left, condition.right].some((side) => side.kind === 'string' && side.value === '');
  const isPresenceTest = condition.kind === 'call' && ['IsPresent', 'IsNullOrEmpty'].includes(condition.name);
  if (!isEmptyTest && !isPresenceTest) return;
  call.report.warn(
    condition,
    'UnsupportedCondition',
    'Microsoft does not support this condition in IIF; write Switch([attribute], [attribute], "", "value where empty")',
  );
}

/** Functions on true and false. */
export const conditionFunctions: readonly FunctionDefinition[] = [
  iif,
  defineFunction({
    name: 'Not',
    summary: 'False for true and for the text True; true for everything else.',
    parameters: [any('source', 'A boolean, or the text True or False.')],
    result: 'Boolean',
    evaluate: ([value]) => !(typeof value === 'string' ? value.toLowerCase() === 'true' : toBoolean(value)),
  }),
  defineFunction({
    name: 'CBool',
    summary: 'True for a number other than 0, a true boolean or comparison, and the text True.',
    parameters: [any('expression', 'A comparison, a number, a boolean or a text.')],
    result: 'Boolean',
    evaluate: ([value]) => (typeof value === 'string' && isNonZero(value)) || toBoolean(value),
  }),
];

function isNonZero(text: string): boolean {
  return /^-?[0-9]+(\.[0-9]+)?$/.test(text) && /[1-9]/.test(text);
}
