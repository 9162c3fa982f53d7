import type { JobSchemas } from '../engine/jobSchemas.js';
import type { World } from '../engine/world.js';
import { describeFinding } from '../schema/describeFinding.js';
import type { SchemaFinding } from '../schema/finding.js';
import { readSchemaText } from '../schema/readSchemaText.js';
import { ApiError, notFound } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { readExpectedVersion, schemaSuperseded, toSchemaEtag } from './ifMatch.js';
import { checkJob } from './jobPath.js';
import { recordRefusal, recordSave } from './schemaAudit.js';
import { toWarningHeader } from './warningHeader.js';

/** What the schema's doors need of the app. */
export interface SchemaParts {
  readonly world: Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'queue' | 'clock' | 'newId'>;
  readonly schemas: JobSchemas;
}

/** `GET …/jobs/{job}/schema`: the document in force as it was saved, to the letter. Its ETag is its version. */
export const getSchema = async ({ world, schemas }: SchemaParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { text, version } = await schemas.readInForce();
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ETag: toSchemaEtag(version?.version ?? null) },
    body: undefined,
    text,
  };
};

/**
 * `PUT …/jobs/{job}/schema`: checked in full, saved as a new version, in force at the next object, and an initial cycle
 * is put on the queue. 204, with a `Warning` header where something is doubtful; 400 with every error in `details`, and
 * the saved one stays in force; 412 where `If-Match` names another version than the one in force.
 */
export const putSchema = async (parts: SchemaParts, request: ApiRequest, caller: Caller): Promise<ApiAnswer> => {
  checkJob(parts.world, request);
  return saveSchema(parts, await readDocument(request), readExpectedVersion(request), caller);
};

const longestDocumentBytes = 1024 * 1024;

const readDocument = async (request: ApiRequest): Promise<string> => {
  const text = await request.readText();
  if (Buffer.byteLength(text) <= longestDocumentBytes) return text;
  throw new ApiError(413, 'RequestTooLarge', 'The schema is longer than 1 MiB.');
};

/** `GET …/schema/versions`: who saved what when, newest first. */
export const listSchemaVersions = async ({ world, schemas }: SchemaParts, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  return { status: 200, headers: {}, body: { value: await schemas.listVersions() } };
};

/** `POST …/schema/versions/{v}/restore`: an older version saved again as the newest one; else as `putSchema`. */
export const restoreSchema = async (parts: SchemaParts, request: ApiRequest, caller: Caller): Promise<ApiAnswer> => {
  checkJob(parts.world, request);
  const { v: name = '' } = request.params;
  const text = /^[1-9]\d{0,8}$/.test(name) ? await parts.schemas.readText(Number(name)) : null;
  if (text === null) throw notFound(`The schema version ${name}`);
  return saveSchema(parts, text, readExpectedVersion(request), caller);
};

const saveSchema = async (
  { world, schemas }: SchemaParts,
  text: string,
  expected: number | null | undefined,
  caller: Caller,
): Promise<ApiAnswer> => {
  const validated = readSchemaText(text);
  if (validated.kind === 'invalid') {
    await recordRefusal(world, validated.errors, caller);
    throw invalidSchema(validated.errors);
  }
  const before = await schemas.readInForce();
  const savedDateTime = new Date(world.clock.nowMs()).toISOString();
  const result = await schemas.save({ text, savedBy: caller.objectId, savedDateTime }, expected);
  if (result.kind === 'superseded') throw schemaSuperseded();
  const warnings = validated.warnings.map(toLine);
  await recordSave(world, { before, after: validated.schema, saved: result.saved, warnings }, caller);
  await requestInitialCycle(world, savedDateTime);
  const header = toWarningHeader(warnings);
  return {
    status: 204,
    headers: { ETag: toSchemaEtag(result.saved.version), ...(header === null ? {} : { Warning: header }) },
    body: undefined,
  };
};

const requestInitialCycle = async (world: SchemaParts['world'], requestedAt: string): Promise<void> => {
  const { cycleId } = await world.state.jobs.request({ cycleId: world.newId(), kind: 'initial', requestedAt });
  await world.queue.send({ jobId: world.jobId, cycleId, slice: 1 }, 0);
};

const toLine = (finding: SchemaFinding): string => `${finding.path}: ${describeFinding(finding)}`;

const invalidSchema = (errors: readonly SchemaFinding[]): ApiError => {
  const [first] = errors;
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  const details = errors.map((error) => ({ code: error.code, message: describeFinding(error), target: error.path }));
  return new ApiError(
    400,
    'InvalidSchema',
    `The schema has ${count} and was not saved; the saved one stays in force.${first ? ` First: ${toLine(first)}` : ''}`,
    first?.path ?? null,
    { details },
  );
};
