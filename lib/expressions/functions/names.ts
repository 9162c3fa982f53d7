import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { FunctionDefinition } from '../functionDefinition.js';
import { integer, text } from '../parameters.js';
import { readDnValues } from '../text/distinguishedName.js';

/** Functions on names of a directory. */
export const nameFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'DNComponent',
    summary:
      'The value of one component of a distinguished name, counted from the left; no value where there are fewer.',
    origin: 'cloudSync',
    parameters: [text('dn', 'A distinguished name.'), integer('number', 'Which component, from 1.')],
    result: 'String',
    evaluate: ([dn, number]) => readDnValues(dn)[Number(number) - 1] ?? null,
  }),
  defineFunction({
    name: 'CRef',
    summary: 'Marks a text as a reference; its text stays.',
    origin: 'cloudSync',
    parameters: [text('value', 'The text of the reference.')],
    result: 'String',
    evaluate: ([value]) => value,
  }),
  defineFunction({
    name: 'DefaultDomain',
    summary: "The tenant's default domain name.",
    origin: 'graph',
    parameters: [],
    result: 'String',
    evaluate: (_values, { context }) => {
      if (context.defaultDomain !== undefined) return context.defaultDomain;
      throw new EvaluationError('NoDefaultDomain', "DefaultDomain: the tenant's default domain is not known here");
    },
  }),
];
