import type { FunctionDefinition, ParameterType } from './functionDefinition.js';
import { functionCatalogue } from './functions/catalogue.js';

/** A function as Graph's `attributeMappingFunctionSchema` describes it, with the help that the declaration holds. */
export interface FunctionDescription {
  readonly name: string;
  readonly summary: string;
  /** How to write a call: `Left(source, numChars)`. */
  readonly signature: string;
  readonly parameters: readonly ParameterDescription[];
}

export interface ParameterDescription {
  /** The name in Graph's parse tree, where a key and a value of Switch share one. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly allowMultipleOccurrences: boolean;
  /** Graph's `attributeType`. */
  readonly type: 'String' | 'Integer' | 'Boolean' | 'DateTime';
}

/** Every function of the language, by name. */
export function describeFunctions(): readonly FunctionDescription[] {
  return [...functionCatalogue.values()]
    .map(describeFunction)
    .sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)));
}

function describeFunction(definition: FunctionDefinition): FunctionDescription {
  const { name, parameters, summary } = definition;
  const byKey = new Map<string, ParameterDescription>();
  for (const { key, description, repeats, required, type } of parameters) {
    const before = byKey.get(key);
    byKey.set(key, {
      name: key,
      description: before === undefined ? description : `${before.description} ${description}`,
      required,
      allowMultipleOccurrences: repeats,
      type: toAttributeType(type),
    });
  }
  return { name, summary, signature: writeSignature(definition), parameters: [...byKey.values()] };
}

function writeSignature({ name, parameters, result }: FunctionDefinition): string {
  const written = parameters.map((parameter) => (parameter.required ? parameter.name : `${parameter.name}?`));
  const list = parameters.some(({ repeats }) => repeats) ? [...written, '…'] : written;
  return `${name}(${list.join(', ')}) → ${result}`;
}

function toAttributeType(type: ParameterType): ParameterDescription['type'] {
  switch (type) {
    case 'Integer':
    case 'Boolean':
    case 'DateTime':
      return type;
    case 'String':
    case 'Collection':
    case 'Word':
    case 'Any':
      return 'String';
  }
}
