import type { FunctionDefinition } from '../functionDefinition.js';
export const replacingFunctions: readonly FunctionDefinition[] = [];
