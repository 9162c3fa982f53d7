import { fromItem, itemToText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { collection, integer } from '../parameters.js';
import type { CollectionItem } from '../values.js';

const description = 'A multi-valued attribute, or a function that gives a collection.';
/** No value counts as no elements. */
const countable = collection('attribute', description, { whenNull: [] });

/** Functions on collections. */
export const collectionFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'Count',
    summary: 'The number of elements.',
    parameters: [countable],
    result: 'Integer',
    evaluate: ([items]) => BigInt(items.length),
  }),
  defineFunction({
    name: 'Item',
    summary: 'One element of a collection. An index outside it is an error.',
    parameters: [countable, integer('index', 'Which element, from 1.')],
    result: 'Any',
    evaluate: ([items, index]) => {
      const item = items[Number(index) - 1];
      if (item === undefined)
        throw new EvaluationError('OutOfRange', 'Item: the collection has no element at this index');
      return fromItem(item);
    },
  }),
  defineFunction({
    name: 'RemoveDuplicates',
    summary: 'Each value once, in the order of first occurrence. Values that differ in case are different.',
    parameters: [collection('attribute', description)],
    result: 'Collection',
    evaluate: ([items]) => {
      const byText = new Map<string, CollectionItem>();
      for (const item of items) {
        const text = itemToText(item);
        if (!byText.has(text)) byText.set(text, item);
      }
      return byText.size === items.length ? items : [...byText.values()];
    },
  }),
];
