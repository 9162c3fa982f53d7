import { fromItem, toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import type { Evaluate, Scope } from '../evaluation.js';
import { defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { limitText } from '../limits.js';
import { any, nullResult, optional, repeated, text } from '../parameters.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';
import { isCollection } from '../values.js';

const separator = text('separator', 'The text between the sources; may be empty.', { whenNull: '' });

/** Functions that put texts together and cut them apart. */
export const joiningFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'Append',
    summary: 'A text followed by another, with nothing between them.',
    parameters: [text('source', 'The text in front.'), text('suffix', 'The text behind it.', { whenNull: '' })],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, suffix]) => source + suffix,
  }),
  defineFunction({
    name: 'Prepend',
    summary: 'A text put in front of another.',
    origin: 'graph',
    parameters: [text('prefix', 'The text in front.', { whenNull: '' }), text('source', 'The text behind it.')],
    result: 'String',
    evaluate: ([prefix, source]) => prefix + source,
  }),
  defineForm({
    name: 'Join',
    summary:
      'All sources with a separator between them. A collection gives each of its values; what is empty is skipped with its separator.',
    parameters: [separator, repeated(any('source', 'A text or a collection.'))],
    result: 'String',
    compile: (call) => {
      const readSeparator = separator.bind(call.arguments, call);
      const sources = call.arguments.slice(1).flatMap((argument) => argument?.evaluate ?? []);
      return (scope) => {
        const between = readSeparator(scope);
        return between === nullResult ? null : joinTexts(between, sources, scope);
      };
    },
  }),
  defineFunction({
    name: 'Split',
    summary: 'The pieces of a text between the delimiters, white space around them removed, empty ones dropped.',
    parameters: [text('source', 'The text to cut.'), optional(text('delimiter', 'Plain text; a comma if omitted.'))],
    result: 'Collection',
    evaluate: ([source, delimiter = ',']) => {
      const pieces = delimiter === '' ? [source] : source.split(delimiter);
      return pieces.map(trimWhiteSpace).filter(Boolean);
    },
  }),
];

/** Stops where the text grows too long, so that many long sources are never held together. */
function joinTexts(between: string, sources: readonly Evaluate[], scope: Scope): string {
  let joined = '';
  const add = (text: string | null) => {
    if (text === null || text === '') return;
    joined = limitText(joined === '' ? text : joined + between + text, scope.limits);
  };
  for (const evaluate of sources) {
    const value = evaluate(scope);
    if (isCollection(value)) for (const item of value) add(toText(fromItem(item)));
    else add(toText(value));
  }
  return joined;
}
