import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { optional, repeated, text, texts } from '../parameters.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';

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
  defineFunction({
    name: 'Join',
    summary:
      'All sources with a separator between them. A collection gives each of its values; what is empty is skipped with its separator.',
    parameters: [
      text('separator', 'The text between the sources; may be empty.', { whenNull: '' }),
      repeated(texts('source', 'A text or a collection.')),
    ],
    result: 'String',
    evaluate: ([separator, sources]) => sources.flat().filter(Boolean).join(separator),
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
