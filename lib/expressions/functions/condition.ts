import { toBoolean } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { type Call, defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, boolean } from '../parameters.js';
import type { SyntaxNode } from '../syntaxTree.js';

const condition = boolean('condition', 'A comparison, or anything that is true or false.');

const iif = defineForm({
  name: 'IIF',
  summary: 'One of two values, by a condition. Only the value chosen is evaluated.',
  parameters: [
    condition,
    any('valueIfTrue', 'The value where the condition holds.'),
    any('valueIfFalse', 'The value where it does not.'),
  ],
  result: 'Any',
  compile: (call) => {
    const [tested, whenTrue, whenFalse] = call.arguments;
    if (!tested || !whenTrue || !whenFalse) return () => null;
    warnOfCondition(call, tested.node);
    const holds = condition.bind([tested], call);
    return (scope) => (holds(scope) === true ? whenTrue : whenFalse).evaluate(scope);
  },
});

/** Microsoft calls these conditions unsupported in IIF; they are evaluated as they read. */
function warnOfCondition(call: Call, tested: SyntaxNode): void {
  const isEmptyTest =
    tested.kind === 'comparison' &&
    [tested.left, tested.right].some((side) => side.kind === 'string' && side.value === '');
  const isPresenceTest = tested.kind === 'call' && ['IsPresent', 'IsNullOrEmpty'].includes(tested.name);
  if (!isEmptyTest && !isPresenceTest) return;
  call.report.warn(
    tested,
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
