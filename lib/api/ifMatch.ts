import { ApiError } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';

/** The ETag of a schema version; 0 stands for the deployment's own schema, before any was saved. */
export const toSchemaEtag = (version: number | null): string => `"${version ?? 0}"`;

/**
 * The version that a request's `If-Match` expects in force: null for the deployment's own, undefined without the header
 * or with `*`. Throws `ApiError` 412 for an ETag that can be none of ours.
 */
export const readExpectedVersion = (request: ApiRequest): number | null | undefined => {
  const header = request.header('if-match')?.trim() ?? '*';
  if (header === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw schemaSuperseded();
  return Number(version) === 0 ? null : Number(version);
};

/** Another schema is in force than the one that the caller changed. */
export const schemaSuperseded = (): ApiError =>
  new ApiError(
    412,
    'PreconditionFailed',
    'The schema in force is not the one that If-Match names, so nothing was saved. Get it again and change that.',
    'If-Match',
  );
