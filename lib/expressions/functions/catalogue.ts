import type { FunctionDefinition } from '../functionDefinition.js';
import { casingFunctions } from './casing.js';
import { choiceFunctions } from './choice.js';
import { conditionFunctions } from './condition.js';
import { joiningFunctions } from './joining.js';
import { presenceFunctions } from './presence.js';
import { roleFunctions } from './roles.js';
import { uniquenessFunctions } from './uniqueness.js';

const families: readonly (readonly FunctionDefinition[])[] = [
  casingFunctions,
  choiceFunctions,
  conditionFunctions,
  joiningFunctions,
  presenceFunctions,
  roleFunctions,
  uniquenessFunctions,
];

/** Every function of the language by its exact name. */
export const functionCatalogue: ReadonlyMap<string, FunctionDefinition> = new Map(
  families.flat().map((definition) => [definition.name, definition]),
);
