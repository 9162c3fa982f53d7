import { toSingle, toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import type { Argument, Evaluate } from '../evaluation.js';
import { flowIgnored } from '../evaluationError.js';
import { type Call, defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, optional, repeated } from '../parameters.js';
import { isNullOrEmpty, type Value } from '../values.js';

const switchForm = defineForm({
  name: 'Switch',
  summary:
    'The value beside the first key that equals the source, letter case included; else the default. The key "" also matches no value.',
  parameters: [
    any('source', 'The value to look up.'),
    optional(any('defaultValue', 'The value where no key matches; its position stays when it is omitted.')),
    repeated(any('key', 'A key to compare with.', { key: 'switchValue' })),
    repeated(any('value', 'The value for the key before it.', { key: 'switchValue' })),
  ],
  result: 'Any',
  compile: (call) => {
    const [source, defaultValue, ...rest] = call.arguments;
    if (!source) return () => null;
    warnOfSource(call, source);
    const whenNone: Evaluate = defaultValue?.evaluate ?? (() => null);
    const cases = toCases(rest);
    return compileTable(source, cases, whenNone) ?? compileSearch(source, cases, whenNone);
  },
});

interface SwitchCase {
  readonly key: Argument;
  readonly value: Argument;
}

function toCases(rest: Call['arguments']): SwitchCase[] {
  const cases: SwitchCase[] = [];
  for (let index = 0; index < rest.length; index += 2) {
    const key = rest[index];
    const value = rest[index + 1];
    if (key && value) cases.push({ key, value });
  }
  return cases;
}

/** Constant keys, which nearly all are, become a table. */
function compileTable(source: Argument, cases: readonly SwitchCase[], whenNone: Evaluate): Evaluate | undefined {
  const table = new Map<string, Evaluate>();
  for (const { key, value } of cases) {
    if (key.constant === undefined) return undefined;
    const text = toKey(key.constant);
    if (!table.has(text)) table.set(text, value.evaluate);
  }
  return (scope) => (table.get(toKey(source.evaluate(scope))) ?? whenNone)(scope);
}

function compileSearch(source: Argument, cases: readonly SwitchCase[], whenNone: Evaluate): Evaluate {
  return (scope) => {
    const wanted = toKey(source.evaluate(scope));
    const hit = cases.find(({ key }) => toKey(key.evaluate(scope)) === wanted);
    return (hit?.value.evaluate ?? whenNone)(scope);
  };
}

function toKey(value: Value): string {
  return typeof value === 'string' ? value : (toText(toSingle(value)) ?? '');
}

function warnOfSource(call: Call, { node }: Argument): void {
  if (node.kind === 'call' && ['IsPresent', 'IsNull', 'IsNullOrEmpty'].includes(node.name)) {
    const message = `Microsoft does not support ${node.name} as the source of Switch; the key "" matches an empty source`;
    call.report.warn(node, 'UnsupportedSwitchSource', message);
  }
  if (node.kind === 'attribute' && node.name === 'manager') {
    call.report.warn(node, 'ReferenceInSwitch', 'Microsoft does not support reference attributes in Switch');
  }
}

const coalesce = defineForm({
  name: 'Coalesce',
  summary: 'The first value that is there, an empty text included; the last argument is the default.',
  parameters: [repeated(any('source', 'A value to take if the ones before it are not there.'))],
  result: 'Any',
  compile: (call) => {
    const sources = call.arguments.flatMap((argument) => (argument ? [argument.evaluate] : []));
    return (scope) => {
      for (const evaluate of sources) {
        const value = evaluate(scope);
        if (value !== null) return value;
      }
      return null;
    };
  },
});

/** Functions that choose among values. */
export const choiceFunctions: readonly FunctionDefinition[] = [
  switchForm,
  coalesce,
  defineFunction({
    name: 'IgnoreFlowIfNullOrEmpty',
    summary:
      'Leaves the attribute out of the operation where the value is empty or not there, the default value included.',
    parameters: [any('expression', 'The value to send where there is one.')],
    result: 'Any',
    evaluate: ([value]) => {
      if (isNullOrEmpty(value)) throw flowIgnored;
      return value;
    },
  }),
];
