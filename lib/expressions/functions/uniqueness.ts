import { defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, repeated } from '../parameters.js';

/** Functions that ask the target. */
export const uniquenessFunctions: readonly FunctionDefinition[] = [
  defineForm({
    name: 'SelectUniqueValue',
    summary:
      'The value of the first rule that the target does not hold yet. Outermost only, and evaluated on creation only. If all are taken the object is held back.',
    parameters: [repeated(any('rule', 'A value to try; null and empty ones are skipped.'))],
    minRepeats: 2,
    result: 'String',
    compile: ({ node, report }) => {
      report.refuse(node, 'NestedSelectUniqueValue', 'SelectUniqueValue must be the outermost call');
      return () => null;
    },
  }),
];
