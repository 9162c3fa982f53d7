import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { type Answer, jsonAnswer, type Served } from './answer.js';
import type { Context, GrantedCall, Incoming } from './context.js';
import { badRequest, GraphError } from './errors.js';

const json: z.ZodType<JsonValue> = z.json();
const itemSchema = z.object({
  id: z.string().min(1),
  method: z.string().min(1),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).exactOptional(),
  body: json.exactOptional(),
  dependsOn: z.array(z.string()).exactOptional(),
});
const batchSchema = z.object({ requests: z.array(itemSchema).min(1) });
type Item = z.infer<typeof itemSchema>;

/** The requests that one batch may hold (Graph, JSON batching). */
const maxRequests = 20;

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The batch request body is no JSON.');
  }
};

const parseBatch = (body: string): readonly Item[] => {
  const parsed = batchSchema.safeParse(parseBody(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`Invalid batch payload at '${issue?.path.join('.') ?? ''}'.`);
  }
  const { requests } = parsed.data;
  if (requests.length > maxRequests) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${maxRequests}.`);
  }
  const ids = new Set<string>();
  for (const item of requests) {
    checkItem(item, ids);
    ids.add(item.id.toLowerCase());
  }
  return requests;
};

const checkItem = (item: Item, earlier: ReadonlySet<string>): void => {
  if (earlier.has(item.id.toLowerCase())) {
    throw badRequest(`Request Id ${item.id} has to be unique in a batch.`);
  }
  const unknown = item.dependsOn?.find((id) => !earlier.has(id.toLowerCase()));
  if (unknown !== undefined) {
    throw badRequest(`Request ${item.id} depends on '${unknown}', which does not precede it.`);
  }
  const hasType = Object.keys(item.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  if (item.body !== undefined && !hasType) {
    throw badRequest(`Request ${item.id} has a body and needs a Content-Type header.`);
  }
};

const incomingOf = (call: GrantedCall, item: Item): Incoming => {
  const relative = item.url.replace(/^\//, '');
  const mark = relative.indexOf('?');
  const headers = new Headers(item.headers);
  const authorization = call.headers.get('Authorization');
  if (!headers.has('Authorization') && authorization !== null) {
    headers.set('Authorization', authorization);
  }
  return {
    method: item.method.toUpperCase(),
    origin: call.origin,
    version: call.version,
    path: mark < 0 ? relative : relative.slice(0, mark),
    rawQuery: mark < 0 ? '' : relative.slice(mark),
    headers,
    body: item.body === undefined ? '' : JSON.stringify(item.body),
    inBatch: item.id,
  };
};

const failedDependency = (): GraphError =>
  new GraphError(424, 'FailedDependency', 'A request that this one depends on failed.');

const partOf = (item: Item, answer: Answer): JsonObject => ({
  id: item.id,
  status: answer.status,
  headers: answer.headers,
  ...(answer.body === null ? {} : { body: answer.body }),
});

/** Serves up to 20 requests, each charged, throttled and failing on its own; answers come in any order. */
export const answerBatch = (
  context: Context,
  call: GrantedCall,
  serveInner: (incoming: Incoming) => Served,
): Answer => {
  const failed = new Set<string>();
  const responses: JsonObject[] = [];
  for (const item of parseBatch(call.body)) {
    if (item.dependsOn?.some((id) => failed.has(id.toLowerCase()))) {
      const { code, message, status } = failedDependency();
      failed.add(item.id.toLowerCase());
      responses.push({ id: item.id, status, headers: {}, body: { error: { code, message } } });
      continue;
    }
    const served = serveInner(incomingOf(call, item));
    if (served.status >= 400) {
      failed.add(item.id.toLowerCase());
    }
    responses.push(partOf(item, served));
  }
  return jsonAnswer(200, { responses: context.random.shuffle(responses) });
};
