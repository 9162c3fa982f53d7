import type {
  FunctionDefinition,
  ParameterDeclaration,
  ParameterType,
} from '../../lib/expressions/functionDefinition.js';
import { functionCatalogue } from '../../lib/expressions/functions/catalogue.js';
import { replaceModes } from '../../lib/expressions/functions/replaceModes.js';
import type { Randomness } from '../../lib/sandbox/graph/random.js';
import { drawOne, quote } from './draw.js';
import { attributeNames, drawText } from './drawObject.js';
import { drawPattern } from './drawPattern.js';

const [first, ...others] = functionCatalogue.values();
if (first === undefined) throw new Error('There is no function.');
const functions = [first, ...others] as const;
const [firstMode, ...otherModes] = replaceModes;
if (firstMode === undefined) throw new Error('Replace has no mode.');
const modes = [firstMode, ...otherModes] as const;

const replace = functionCatalogue.get('Replace') ?? first;

const spaces = ['', '', '', ' ', '\n', '\t '] as const;
const operators = ['=', '<>', '>', '>=', '<', '<='] as const;
const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '300',
  '&HF7',
  '1.5',
  '9223372036854775807',
  '-9223372036854775808',
] as const;
const words = ['True', 'False', 'vbTextCompare', 'vbBinaryCompare', 'UTF8', 'ASCII', 'Unicode', 'Nonsense'] as const;
const intervals = ['yyyy', 'm', 'd', 'ww', 'h', 'n', 's', 'q'] as const;
const dates = [
  '2021-08-24',
  '2024-02-29T23:59:59.9999999-07:00',
  '8/25/2021 5:41:18 PM',
  '25 Aug 2021',
  '0001-01-01',
  'soon',
] as const;
const formats = [
  'yyyy-MM-dd',
  'M/d/yyyy h:mm:ss tt',
  'o',
  'ddd, dd MMM yy HH:mm:ss.FFFK',
  '%d',
  "'x",
  'Q',
  'yyyyMMddHHmmss.fZ',
] as const;

/** What the named parameters expect, beside what any text may be. */
const textsByName: Readonly<Record<string, (random: Randomness) => string>> = {
  regexPattern: drawPattern,
  regexGroupName: (random) => drawOne(random, ['n', '1', '0', 'none']),
  replacementValue: (random) => drawOne(random, ['', 'x', '$1', '$n$2', '$$', '$_$_', "$'", '$`$&', '${']),
  interval: (random) => drawOne(random, intervals),
  inputFormat: (random) => drawOne(random, formats),
  outputFormat: (random) => drawOne(random, formats),
  dateTimeStyles: (random) => drawOne(random, ['None', 'AdjustToUniversal, AssumeLocal', 'AllowWhiteSpaces', 'Often']),
  culture: (random) => drawOne(random, ['', 'en-US', 'tr-TR', 'no such culture']),
};

const drawConstant = (random: Randomness, type: ParameterType, name: string): string => {
  const byName = textsByName[name];
  if (byName !== undefined && random.chance(0.8)) return quote(byName(random));
  if (type === 'Integer' && random.chance(0.8)) return drawOne(random, numbers);
  if (type === 'Word' && random.chance(0.8)) return drawOne(random, words);
  if (type === 'DateTime' && random.chance(0.8)) return quote(drawOne(random, dates));
  return random.chance(0.1) ? drawOne(random, [...numbers, ...words]) : quote(drawText(random));
};

const drawOperand = (
  random: Randomness,
  { name, type }: Pick<ParameterDeclaration, 'name' | 'type'>,
  depth: number,
): string => {
  const kind = random.below(10);
  if (kind < 3) return `[${drawOne(random, attributeNames)}]`;
  if (kind < 6 && depth > 0) return drawCall(random, depth - 1);
  return drawConstant(random, type, name);
};

const drawArgument = (random: Randomness, parameter: ParameterDeclaration, depth: number): string => {
  if (random.chance(parameter.required ? 0.01 : 0.4)) return '';
  const operand = drawOperand(random, parameter, depth);
  const kind = random.below(20);
  if (kind === 0) return `${operand} & ${drawOperand(random, parameter, 0)}`;
  const comparesHere = parameter.type === 'Boolean' ? kind < 14 : kind === 1;
  return comparesHere ? `${operand}${drawOne(random, operators)}${drawOperand(random, parameter, 0)}` : operand;
};

const drawParameters = (random: Randomness, { minRepeats, parameters }: FunctionDefinition): ParameterDeclaration[] => {
  const group = parameters.filter(({ repeats }) => repeats);
  const fixed = parameters.filter(({ repeats }) => !repeats);
  const rounds = group.length === 0 ? 0 : minRepeats + random.below(3);
  return [...fixed, ...Array.from({ length: rounds }).flatMap(() => group)];
};

/** The positions that a mode of Replace takes, and no other. */
const drawReplaceArguments = (random: Randomness, { parameters }: FunctionDefinition, depth: number): string[] => {
  const { takes } = drawOne(random, modes);
  return parameters.map((parameter) =>
    takes.includes(parameter.name) ? drawArgument(random, { ...parameter, required: true }, depth) : '',
  );
};

const drawArguments = (random: Randomness, definition: FunctionDefinition, depth: number): string[] => {
  if (definition.name === 'Replace' && random.chance(0.9)) return drawReplaceArguments(random, definition, depth);
  return drawParameters(random, definition).map((parameter) => drawArgument(random, parameter, depth));
};

const drawCall = (random: Randomness, depth: number): string => {
  const definition = random.chance(0.2) ? replace : drawOne(random, functions);
  const list = drawArguments(random, definition, depth);
  const space = drawOne(random, spaces);
  return `${definition.name}${drawOne(random, spaces)}(${list.join(`,${space}`)}${space})`;
};

/** A regular expression on `mail`, to replace matches or a group, or to take one. */
export const drawPatternExpression = (random: Randomness): string => {
  const [pattern, replacement] = [quote(drawPattern(random)), quote(drawOne(random, ['', 'x', '$1', '$_', '$+']))];
  return drawOne(random, [
    `Replace([mail], , ${pattern}, , ${replacement}, , )`,
    `Replace([mail], , ${pattern}, "1", ${replacement}, , )`,
    `Replace([manager], , ${pattern}, "n", , [mail], )`,
  ]);
};

/** An expression that the grammar accepts, with arguments that nearly always fit. */
export const drawExpression = (random: Randomness): string => drawCall(random, 1 + random.below(4));
