import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { type Refusal, scimError } from './refusal.js';
import type { Call, Simulation } from './simulation.js';

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const refuseFormat = (): Refusal => scimError(400, 'The request body must be in JSON format.');

const parseJson = (text: string): JsonValue => {
  try {
    const parsed: JsonValue = JSON.parse(text);
    return parsed;
  } catch {
    throw refuseFormat();
  }
};

/** The JSON object of a write, or the 400 that Zoom has for it. */
export const readRequestBody = (sim: Simulation, call: Call): JsonObject => {
  const { request } = call;
  const type = (request.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (request.body.trim() === '') throw scimError(400, 'The request JSON must not be empty.');
  if (type !== 'application/json' && type !== 'application/scim+json') throw refuseFormat();
  const body = parseJson(request.body);
  if (!isObject(body)) throw refuseFormat();
  if (Object.keys(body).length === 0) throw scimError(400, 'The request JSON must not be empty.');
  if (sim.settings.requireSchemas && !isArray(body.schemas)) {
    throw scimError(400, 'The request json did not contains valid schemas field.');
  }
  return body;
};

/** `true`, `false` or, where `acceptText`, the words in any case; null for anything else. */
export const readBoolean = (value: JsonValue | undefined, acceptText: boolean): boolean | null => {
  if (typeof value === 'boolean') return value;
  if (!acceptText || typeof value !== 'string') return null;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
};
