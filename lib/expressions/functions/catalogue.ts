import type { FunctionDefinition } from '../functionDefinition.js';
import { choiceFunctions } from './choice.js';
import { collectionFunctions } from './collections.js';
import { conditionFunctions } from './condition.js';
import { dateFunctions } from './dates.js';
import { encodingFunctions } from './encoding.js';
import { joiningFunctions } from './joining.js';
import { letterFunctions } from './letters.js';
import { nameFunctions } from './names.js';
import { numberFunctions } from './numbers.js';
import { outcomeFunctions } from './outcomes.js';
import { presenceFunctions } from './presence.js';
import { randomnessFunctions } from './randomness.js';
import { replacingFunctions } from './replacing.js';
import { roleFunctions } from './roles.js';
import { slicingFunctions } from './slicing.js';
import { uniquenessFunctions } from './uniqueness.js';

/** Every function of the language by its exact name. */
export const functionCatalogue: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    ...choiceFunctions,
    ...collectionFunctions,
    ...conditionFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    ...joiningFunctions,
    ...letterFunctions,
    ...nameFunctions,
    ...numberFunctions,
    ...outcomeFunctions,
    ...presenceFunctions,
    ...randomnessFunctions,
    ...replacingFunctions,
    ...roleFunctions,
    ...slicingFunctions,
    ...uniquenessFunctions,
  ].map((definition) => [definition.name, definition]),
);
