import type { Argument } from '../evaluation.js';
import { type Call, defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, optional, text } from '../parameters.js';
import { replaceModes } from './replaceModes.js';

const parameters = [
  text('source', 'The text to change.'),
  optional(text('oldValue', 'The text to replace.', { key: 'Find' })),
  optional(text('regexPattern', 'What to replace, as a .NET regular expression.', { key: 'RegularExpression' })),
  optional(text('regexGroupName', 'The group to replace or to take.', { key: 'RegularExpressionGroupName' })),
  optional(text('replacementValue', 'The text to put in place; "" removes.', { key: 'Replacement' })),
  optional(
    any('replacementAttributeName', 'Where to look if the source is empty.', { key: 'ReplacementPropertyName' }),
  ),
  optional(text('template', 'A text in which the source takes the place of oldValue.', { key: 'Template' })),
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
