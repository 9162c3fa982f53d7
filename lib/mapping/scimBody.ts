import type { JsonObject, JsonValue } from './json.js';
import { isJsonObject, readScimPath, toTargetPath, writeScimPath } from './scimPath.js';

export const userSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/**
 * A body in which one work address stands without any primary one says that it is primary: Zoom and Entra both write
 * it so, and a mapping has no other way to ask for it.
 */
const markPrimaryEmail = (body: JsonObject): JsonObject => {
  const emails = readScimPath(body, 'emails');
  if (!Array.isArray(emails) || readScimPath(body, 'emails[primary eq true]') !== undefined) return body;
  const marked = emails.map((email: JsonValue) =>
    isJsonObject(email) && email.type === 'work' && email.primary === undefined ? { ...email, primary: true } : email,
  );
  return { ...body, emails: marked };
};

/**
 * The JSON of a write from target paths and their values: selectors become the members they ask for, extension
 * attributes stand under their URN, and `schemas` names the core schema and every extension used. Values are written
 * into `base`, which holds what a write must not lose.
 */
export const buildScimBody = (
  values: Readonly<Record<string, JsonValue>>,
  schemaUrn: string = userSchemaUrn,
  base: JsonObject = {},
): JsonObject => {
  const paths = Object.keys(values).map(toTargetPath);
  const extensions = new Set(paths.flatMap((path) => (path.urn === null ? [] : [path.urn])));
  let body: JsonObject = { ...base, schemas: [schemaUrn, ...extensions] };
  for (const path of paths) body = writeScimPath(body, path, values[path.text] ?? null);
  return markPrimaryEmail(body);
};
