import { toInteger, toText } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { EvaluationError } from '../evaluationError.js';
import type { Call, FunctionDefinition } from '../functionDefinition.js';
import { integer, optional, text } from '../parameters.js';
import { randomText } from '../text/randomText.js';

const parameters = [
  integer('length', 'How many characters, at most 256.'),
  integer('minimumNumbers', 'How many digits at least.'),
  integer('minimumSpecialCharacters', 'How many special characters at least.'),
  integer('minimumCapital', 'How many capital letters at least.'),
  integer('minimumLowerCase', 'How many lower-case letters at least.'),
  optional(text('charactersToAvoid', 'None of these characters occurs.')),
] as const;

/** Functions that give something new at each call. */
export const randomnessFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'Guid',
    summary: 'A new GUID at each call.',
    parameters: [],
    result: 'String',
    evaluate: (_values, { context }) => context.newGuid(),
  }),
  defineFunction({
    name: 'RandomString',
    summary: 'A random text with at least so many characters of each class.',
    parameters,
    result: 'String',
    check: checkConstants,
    evaluate: ([length, numbers, specials, capitals, lowers, avoid = ''], { context }) =>
      randomText({ length, numbers, specials, capitals, lowers, avoid }, context.random),
  }),
];

/** What constants ask for is tried once when the expression is saved. */
function checkConstants(call: Call): void {
  const constants = call.arguments.map((argument) => argument?.constant);
  if (call.arguments.some((argument, index) => argument !== undefined && constants[index] === undefined)) return;
  try {
    const [length, numbers, specials, capitals, lowers] = constants.map((constant) => toInteger(constant ?? null));
    const avoid = toText(constants[5] ?? null) ?? '';
    if (length === undefined || numbers === undefined || specials === undefined) return;
    if (capitals === undefined || lowers === undefined) return;
    randomText({ length, numbers, specials, capitals, lowers, avoid }, () => 0);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.code === 'ImpossibleRandomString') call.report.refuse(call.node, 'InvalidArgument', error.message);
  }
}
