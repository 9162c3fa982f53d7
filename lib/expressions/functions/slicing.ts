import { toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { integer, optional, parameterOf, text, word } from '../parameters.js';
import { upperText } from '../text/casing.js';
import { trimWhiteSpace } from '../text/whiteSpace.js';

/** Functions that look for or take parts of a text. Characters are UTF-16 units, positions count from 1. */
export const slicingFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'Left',
    summary: 'The first characters of a text; all of it for a negative number; an empty text where there is none.',
    parameters: [
      text('source', 'The text to take from.', { whenNull: '' }),
      integer('numChars', 'How many characters to take.'),
    ],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, numChars]) => (numChars < 0n ? source : source.slice(0, Number(numChars))),
  }),
  defineFunction({
    name: 'Mid',
    summary: 'Characters from the middle of a text, fewer where the text ends before.',
    parameters: [
      text('source', 'The text to take from.'),
      integer('start', 'The position of the first character, from 1.'),
      integer('length', 'How many characters to take.'),
    ],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source, start, length]) => {
      if (start < 1n) throw new EvaluationError('OutOfRange', 'Mid: start must be at least 1');
      if (length < 0n) throw new EvaluationError('OutOfRange', 'Mid: length must not be negative');
      return source.slice(Number(start - 1n), Number(start - 1n + length));
    },
  }),
  defineFunction({
    name: 'InStr',
    summary: 'The position of the first occurrence of one text in another, 0 where there is none.',
    parameters: [
      parameterOf('value1', 'String', 'The text to search in.', toText),
      parameterOf('value2', 'String', 'The text to find.', toText),
      optional(integer('start', 'The position to begin at; the result still counts from the beginning.')),
      optional(
        word('compareType', 'vbTextCompare ignores case; vbBinaryCompare, the default, does not.', [
          'vbBinaryCompare',
          'vbTextCompare',
        ]),
      ),
    ],
    result: 'Integer',
    evaluate: ([value1, value2, start = 1n, compareType]) => {
      if (start < 1n) throw new EvaluationError('OutOfRange', 'InStr: start must be at least 1');
      if (value1 === null || value2 === null || start > value1.length) return 0n;
      const [searched, wanted] =
        compareType === 'vbTextCompare' ? [upperText(value1), upperText(value2)] : [value1, value2];
      return BigInt(searched.indexOf(wanted, Number(start) - 1) + 1);
    },
  }),
  defineFunction({
    name: 'Word',
    summary: 'One of the words of a text; an empty text where there are fewer.',
    parameters: [
      text('source', 'The text to take from.', { whenNull: '' }),
      integer('wordNumber', 'Which word, from 1.'),
      text('delimiters', 'Each of these characters separates words.', { whenNull: '' }),
    ],
    result: 'String',
    evaluate: ([source, wordNumber, delimiters]) => {
      if (wordNumber < 1n) return '';
      return cutWords(source, delimiters)[Number(wordNumber) - 1] ?? '';
    },
  }),
  defineFunction({
    name: 'StripSpaces',
    summary: 'The text without its spaces; tabs, line breaks and no-break spaces stay.',
    parameters: [text('source', 'The text to change.')],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([source]) => source.replaceAll(' ', ''),
  }),
  defineFunction({
    name: 'Trim',
    summary: 'The text without white space at its ends; of a collection, each of its values.',
    origin: 'cloudSync',
    parameters: [text('value', 'A text or a collection.')],
    result: 'String',
    mapsOver: 'first',
    evaluate: ([value]) => trimWhiteSpace(value),
  }),
];

/** Several delimiters in a row separate once. */
function cutWords(source: string, delimiters: string): string[] {
  const words: string[] = [];
  let current = '';
  for (const unit of source.split('')) {
    if (!delimiters.includes(unit)) {
      current += unit;
    } else if (current !== '') {
      words.push(current);
      current = '';
    }
  }
  return current === '' ? words : [...words, current];
}
