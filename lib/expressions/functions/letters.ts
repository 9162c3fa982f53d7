import { toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { optional, parameterOf, text } from '../parameters.js';
import { lowerText, toCasingCulture, upperText } from '../text/casing.js';
import { normalizeDiacritics } from '../text/normalizeDiacritics.js';
import { properCase } from '../text/properCase.js';

const culture = optional(
  parameterOf(
    'culture',
    'String',
    'A culture name such as en-US or tr-TR; the invariant culture if omitted.',
    (value) => toCasingCulture(toText(value) ?? ''),
  ),
);

/** Functions that change letters one by one. */
export const letterFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'ToLower',
    summary: 'The text in lower case. Its length never changes.',
    parameters: [text('source', 'The text to change.'), culture],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, casing]) => lowerText(source, casing),
  }),
  defineFunction({
    name: 'ToUpper',
    summary: 'The text in upper case. Its length never changes, so ß stays.',
    parameters: [text('source', 'The text to change.'), culture],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, casing]) => upperText(source, casing),
  }),
  defineFunction({
    name: 'PCase',
    summary: 'The first character of every word in upper case, all others in lower case.',
    parameters: [
      text('source', 'The text to change.'),
      optional(
        text('wordSeparators', 'Each of these characters separates words; spaces, punctuation and symbols if omitted.'),
      ),
    ],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, wordSeparators]) => properCase(source, wordSeparators),
  }),
  defineFunction({
    name: 'NormalizeDiacritics',
    summary: 'The text with its accented letters replaced by plain ones: é by e, ö by o, ø by oe, ß by ss.',
    parameters: [text('source', 'The text to change.')],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source]) => normalizeDiacritics(source),
  }),
];
