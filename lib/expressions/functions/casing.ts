import { toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { optional, parameterOf, text } from '../parameters.js';
import { lowerText, toCasingCulture, upperText } from '../text/casing.js';

const culture = optional(
  parameterOf(
    'culture',
    'String',
    'A culture name such as en-US or tr-TR; the invariant culture if omitted.',
    (value) => toCasingCulture(toText(value) ?? ''),
  ),
);

/** Functions that change the case of letters. */
export const casingFunctions: readonly FunctionDefinition[] = [
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
];
