import type { Attributes } from '../../lib/expressions/attributes.js';
import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { type CompileOptions, compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { validateSchema } from '../../lib/schema/validateSchema.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import type { ExpressionVerdict } from './checkExpression.js';

const nowMs = Date.UTC(2024, 1, 29, 12, 30);
const options: CompileOptions = { createContext: (now) => createSeededContext(now, 7) };

/** A document is refused with reasons, or compiles to a mapping that maps every object. Throws what validation and mapping throw. */
export const checkSchema = (document: unknown, objects: readonly Attributes[]): ExpressionVerdict => {
  const result = validateSchema(document);
  if (result.kind === 'invalid') {
    const isReasoned = result.errors.length > 0 && result.errors.every(({ message, code }) => message && code);
    return { kinds: ['invalid'], faults: isReasoned ? [] : ['is refused without a reason'] };
  }
  for (const type of ['user', 'group'] as const) {
    const mapping = compileObjectMapping(result.schema, type, options);
    if (mapping !== null) for (const attributes of objects) mapObject(mapping, attributes);
  }
  return { kinds: ['valid'], faults: [] };
};

const mapObject = (mapping: CompiledMapping, attributes: Attributes): void => {
  mapping.evaluateFilters(attributes);
  mapping.evaluateInputFilters(attributes);
  mapping.mapMatching(attributes, nowMs);
  mapping.mapRemoved();
  const created = mapping.mapForCreate(attributes, nowMs, (_path, value) => value.length < 2);
  const updated = mapping.mapForUpdate(attributes, (path) => created.values[path], nowMs);
  mapping.findDifferences(updated.values, (path) => created.values[path] ?? null);
};
