import type { JsonValue } from '../../mapping/json.js';

const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);
const secretFields = new Set([
  'access_token',
  'assertion',
  'client_secret',
  'code',
  'code_verifier',
  'password',
  'refresh_token',
  'token',
]);

const hidden = '***';

/** Keeps the scheme of an authorisation, never what follows it. */
const redactCredential = (value: string): string => {
  const [scheme, rest] = value.split(' ', 2);
  return rest === undefined ? hidden : `${scheme} ${hidden}`;
};

export const redactHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      secretHeaders.has(name.toLowerCase()) ? redactCredential(value) : value,
    ]),
  );

export const redactFields = (fields: Iterable<[string, string]>): Record<string, string> =>
  Object.fromEntries([...fields].map(([name, value]) => [name, secretFields.has(name) ? hidden : value]));

/** A request body for the journal: JSON as parsed, a form as its fields, anything else as text; secrets hidden. */
export const redactBody = (body: string, contentType: string): JsonValue => {
  if (body === '') return null;
  if (contentType.includes('x-www-form-urlencoded')) return redactFields(new URLSearchParams(body));
  try {
    const parsed: JsonValue = JSON.parse(body, (name, value) => (secretFields.has(name) ? hidden : value));
    return parsed;
  } catch {
    return body;
  }
};
