import type { JsonObject, JsonValue } from '../../../mapping/json.js';
import { type Answer, bodyText } from '../answer.js';
import type { Call, Context } from '../context.js';
import { applyFault, type FaultHit } from './book.js';

const nextLinkKey = '@odata.nextLink';
const deltaLinkKey = '@odata.deltaLink';

const onHost = (link: JsonValue | undefined, origin: string): string => {
  const url = new URL(typeof link === 'string' ? link : origin);
  return `${origin}${url.pathname}${url.search}`;
};

const bendLinks = (call: Call, hits: readonly FaultHit[], body: JsonObject): JsonObject => {
  const key = nextLinkKey in body ? nextLinkKey : deltaLinkKey;
  if (!(key in body)) {
    return body;
  }
  if (applyFault(hits, 'linkLoop') !== null) {
    const { [deltaLinkKey]: _, ...rest } = body;
    return { ...rest, [nextLinkKey]: `${call.origin}/${call.version}/${call.path}${call.query.raw}` };
  }
  const foreign = applyFault(hits, 'foreignLink');
  return foreign === null ? body : { ...body, [key]: onHost(body[key], foreign.origin) };
};

const withUnknownFields = (body: JsonObject): JsonObject => {
  const rows: JsonValue | undefined = body.value;
  const isRow = (row: JsonValue): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row);
  const value = Array.isArray(rows)
    ? { value: rows.map((row: JsonValue) => (isRow(row) ? { ...row, futureProperty: { is: 'unknown' } } : row)) }
    : {};
  return { ...body, ...value, '@microsoft.graph.tips': 'Use $select to choose only the properties your app needs.' };
};

/** Applies what bends an answer that was made: its links, unknown members, its bytes, its connection. */
export const distort = (context: Context, call: Call, hits: readonly FaultHit[], made: Answer): Answer => {
  let answer = made;
  if (typeof answer.body === 'object' && answer.body !== null) {
    const body = hits.length === 0 ? answer.body : bendLinks(call, hits, answer.body);
    answer = { ...answer, body: context.settings.unknownFields ? withUnknownFields(body) : body };
  }
  if (call.inBatch !== null || hits.length === 0) {
    return answer;
  }
  if (answer.body !== null && applyFault(hits, 'truncated') !== null) {
    const text = bodyText(answer);
    answer = { ...answer, body: text.slice(0, Math.floor(text.length / 2)) };
  }
  const wrong = answer.body === null ? null : applyFault(hits, 'wrongContentType');
  if (wrong !== null) {
    answer = { ...answer, headers: { ...answer.headers, 'Content-Type': wrong.contentType ?? 'text/html' } };
  }
  return answer;
};

/** How the connection breaks, if a fault wants it to. */
export const breakConnection = (call: Call, hits: readonly FaultHit[], answer: Answer): Answer => {
  const reset = call.inBatch === null && answer.breakage === undefined ? applyFault(hits, 'reset') : null;
  if (reset === null) {
    return answer;
  }
  return { ...answer, breakage: reset.when === 'before' ? 'resetBefore' : 'resetMidBody' };
};
