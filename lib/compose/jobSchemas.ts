import type { CurrentSchema, JobSchemas, SchemaInForce } from '../engine/jobSchemas.js';
import type { SchemaStore, SchemaVersion } from '../engine/schemaStore.js';
import { type CompileOptions, compileObjectMapping } from '../mapping/compileObjectMapping.js';
import { describeFinding } from '../schema/describeFinding.js';
import { readSchemaText } from '../schema/readSchemaText.js';

/** A schema that was saved once cannot be used by this version of the app. */
export class SavedSchemaError extends Error {
  override readonly name = 'SavedSchemaError';
  readonly code = 'SavedSchemaInvalid';
}

const compile = (text: string, version: SchemaVersion | null, options: CompileOptions): CurrentSchema => {
  const which = version === null ? "The deployment's schema" : `Schema version ${version.version}`;
  const validated = readSchemaText(text);
  if (validated.kind === 'invalid') {
    const [first] = validated.errors;
    const place = first ? `${first.path}: ${describeFinding(first)}` : 'nothing was told';
    throw new SavedSchemaError(`${which} cannot be used: ${place} Save a schema that is valid, or bring one back.`);
  }
  const mapping = compileObjectMapping(validated.schema, 'user', options);
  if (!mapping) throw new SavedSchemaError(`${which} has no enabled mapping of users.`);
  const groupMapping = compileObjectMapping(validated.schema, 'group');
  return { version, text, schema: validated.schema, mapping, groupMapping };
};

/**
 * The schemas of one job over their store. `firstText` is the deployment's own, in force until one is saved. Throws
 * `SavedSchemaError` where it is not valid.
 */
export const createJobSchemas = (store: SchemaStore, firstText: string, options: CompileOptions = {}): JobSchemas => {
  const first = compile(firstText, null, options);
  let known = first;

  /** Read anew only where it is not the one that is known. */
  const readInForce = async (): Promise<SchemaInForce> => {
    const version = await store.readCurrent();
    if (version === null) return first;
    if (known.version?.version === version.version) return known;
    const text = await store.readText(version.version);
    if (text === null) throw new SavedSchemaError(`Schema version ${version.version} is gone from storage.`);
    return { version, text };
  };

  const current = async (): Promise<CurrentSchema> => {
    const { version, text } = await readInForce();
    if (version === null) return first;
    if (known.version?.version !== version.version) known = compile(text, version, options);
    return known;
  };

  return {
    readInForce,
    current,
    isSuperseded: async (mapping) => (await current()).mapping.schemaVersion !== mapping.schemaVersion,
    listVersions: store.listVersions,
    readText: store.readText,
    save: async (draft, expected) => {
      const isFirst = (await store.readCurrent()) === null;
      if (!isFirst || typeof expected === 'number') return store.save(draft, expected);
      const kept = await store.save({ text: firstText, savedBy: null, savedDateTime: draft.savedDateTime }, null);
      if (expected === undefined) return store.save(draft);
      return kept.kind === 'saved' ? store.save(draft, kept.saved.version) : kept;
    },
  };
};
