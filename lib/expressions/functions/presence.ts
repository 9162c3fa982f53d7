import { defineFunction } from '../defineFunction.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { any } from '../parameters.js';
import { isCollection, isNullOrEmpty } from '../values.js';

const tested = any('expression', 'The value to test.');

/** Functions that tell whether there is a value. */
export const presenceFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'IsNull',
    summary: 'True if there is no value at all. An empty text is a value.',
    parameters: [tested],
    result: 'Boolean',
    evaluate: ([value]) => value === null,
  }),
  defineFunction({
    name: 'IsNullOrEmpty',
    summary: 'True if there is no value, or only an empty text or an empty collection. White space is not empty.',
    parameters: [tested],
    result: 'Boolean',
    evaluate: ([value]) => isNullOrEmpty(value),
  }),
  defineFunction({
    name: 'IsPresent',
    summary: 'True if there is a value that is not empty: the opposite of IsNullOrEmpty.',
    parameters: [tested],
    result: 'Boolean',
    evaluate: ([value]) => !isNullOrEmpty(value),
  }),
  defineFunction({
    name: 'IsString',
    summary: 'True if the value can be taken as one text.',
    parameters: [tested],
    result: 'Boolean',
    evaluate: ([value]) => {
      if (value === null || isCollection(value)) return false;
      return typeof value !== 'object' || value.kind === 'dateTime';
    },
  }),
  defineFunction({
    name: 'IsNothing',
    summary: 'True if there is no value at all, as IsNull.',
    origin: 'graph',
    parameters: [any('source', 'The value to test.')],
    result: 'Boolean',
    evaluate: ([value]) => value === null,
  }),
];
