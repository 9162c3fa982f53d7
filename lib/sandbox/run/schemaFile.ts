import path from 'node:path';
import { readFirstSchema, SchemaFileError } from '../../compose/firstSchema.js';
import { compileObjectMapping } from '../../mapping/compileObjectMapping.js';
import { readSchemaText } from '../../schema/readSchemaText.js';
import type { ExpectGroup } from '../oracle/compareGroups.js';
import type { Expect } from '../oracle/expectation.js';
import { expectBySchema, expectGroupBySchema } from '../oracle/schemaExpectation.js';

export interface OpenedSchema {
  /** Absolute, for the host runs in the same process with a folder of its own. */
  readonly file: string;
  readonly expect: Expect;
  /** Null where the schema maps no groups. */
  readonly expectGroup: ExpectGroup | null;
  readonly mapsManagers: boolean;
}

/** A schema file named on the command line. Throws `SchemaFileError` where it cannot be used. */
export const openSchemaFile = async (name: string): Promise<OpenedSchema> => {
  const file = path.resolve(name);
  const validated = readSchemaText(await readFirstSchema(file));
  const mapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'user') : null;
  if (!mapping) throw new SchemaFileError(`${file} has no enabled mapping of users.`);
  const groups = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'group') : null;
  return {
    file,
    expect: expectBySchema(mapping),
    expectGroup: groups && expectGroupBySchema(groups),
    mapsManagers: mapping.references.some(({ source }) => source === 'manager'),
  };
};
