import type { Argument } from '../evaluation.js';
import { type Call, defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { optional } from '../parameters.js';
import { replaceModes } from './replaceModes.js';
import {
  oldValue,
  regexGroupName,
  regexPattern,
  replacementAttributeName,
  replacementValue,
  source,
  template,
} from './replaceParameters.js';

const parameters = [
  source,
  optional(oldValue),
  optional(regexPattern),
  optional(regexGroupName),
  optional(replacementValue),
  optional(replacementAttributeName),
  optional(template),
] as const;

/** Replace, whose mode is chosen by which of its seven positions are filled; an empty text fills one, a blank does not. */
export const replacingFunctions: readonly FunctionDefinition[] = [
  defineForm({
    name: 'Replace',
    summary:
      'Replaces text by text, or matches of a regular expression, or one group of each match; or takes a group from another attribute where the source is empty.',
    parameters,
    result: 'String',
    compile: (call) => {
      const given = parameters.flatMap(({ name }, index) => (call.arguments[index] ? [name] : []));
      const mode = replaceModes.find(({ takes }) => takes.join() === given.join());
      if (mode === undefined) {
        refuseCombination(call, given);
        return () => null;
      }
      const present = call.arguments.filter((argument): argument is Argument => argument !== undefined);
      return mode.definition.compile({ ...call, arguments: present });
    },
  }),
];

function refuseCombination(call: Call, given: readonly string[]): void {
  const expected = replaceModes.map(({ takes }) => takes.join(', '));
  const message = `Replace cannot take ${given.join(', ')} together; it takes one of: ${expected.join(' | ')}`;
  call.report.refuse(call.node, 'ArgumentCombination', message, { expected });
}
