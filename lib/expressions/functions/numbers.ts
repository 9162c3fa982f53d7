import { toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { any, integer } from '../parameters.js';

/** Functions on numbers and their text. */
export const numberFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'BitAnd',
    summary: 'The bits that are set in both numbers, of 64.',
    parameters: [integer('value1', 'A whole number.'), integer('value2', 'A whole number.')],
    result: 'Integer',
    evaluate: ([value1, value2]) => value1 & value2,
  }),
  defineFunction({
    name: 'CStr',
    summary: 'The value as text: decimal digits, True or False, or a date as M/d/yyyy h:mm:ss tt.',
    parameters: [any('value', 'A number, a boolean, a date, a reference or a text.')],
    result: 'String',
    evaluate: ([value]) => toText(value),
  }),
];
