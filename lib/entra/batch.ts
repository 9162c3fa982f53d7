import type { Clock } from '../clock.js';
import type { RequestTrace } from '../engine/model.js';
import { computeBackoffMs } from '../http/backoff.js';
import { readRetryAfter } from '../http/retryAfter.js';
import { isThrottled, isTransient } from './answerFailure.js';
import { FieldError, isRow, type Row, readRow, readRows } from './fields.js';
import { type GraphAnswer, isOk, readRequestId } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { attemptLimits, graphBackoff } from './graphRetry.js';
import { readOrFail } from './pages.js';

/** Graph's limit of requests in one `$batch`. */
export const maxBatchSize = 20;

export interface BatchOptions {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly random: () => number;
  /** Longest sum of waits for one batch, in milliseconds. */
  readonly maxWaitMs: () => number;
  /** Told of each wait that throttling causes. */
  readonly onThrottle: (waitMs: number) => void;
}

/** Sends up to 20 GETs (paths below the version, by a key) as one request and gives every key an answer. */
export type SendBatch = (
  paths: ReadonlyMap<string, string>,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, GraphAnswer>>;

/**
 * Each request in a batch is throttled on its own, under an outer 200: those that failed in passing are sent again, and
 * only those, after the longest Retry-After among them. What still fails in the end is handed back as it is. Throws
 * `FaultError` where the batch as a whole fails.
 */
export const createBatchSender =
  ({ client, clock, random, maxWaitMs, onThrottle }: BatchOptions): SendBatch =>
  async (paths, signal) => {
    const answers = new Map<string, GraphAnswer>();
    let waiting = [...paths];
    let waitedMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const round = await sendOnce(client, waiting, signal);
      for (const [key, answer] of round) {
        answers.set(key, answer);
      }
      const failed = [...round].filter(([, { status }]) => isTransient(status));
      waiting = waiting.filter(([key]) => failed.some(([failedKey]) => failedKey === key));
      const asked = failed.map(([, { headers }]) => readRetryAfter(headers, clock.nowMs())?.waitMs ?? 0);
      const waitMs = Math.max(...asked, computeBackoffMs(attempt, graphBackoff, random));
      if (waiting.length === 0 || attempt >= attemptLimits.unwell || waitedMs + waitMs > maxWaitMs()) {
        return answers;
      }
      if (failed.some(([, { status }]) => isThrottled(status))) onThrottle(waitMs);
      await clock.sleep(waitMs, signal);
      waitedMs += waitMs;
    }
  };

const sendOnce = async (
  client: GraphClient,
  requests: ReadonlyArray<readonly [string, string]>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, GraphAnswer>> => {
  const content = { requests: requests.map(([, url], index) => ({ id: String(index + 1), method: 'GET', url })) };
  const outer = await client.post('/$batch', content, signal);
  if (!isOk(outer)) {
    throw client.failure(outer);
  }
  const responses = readOrFail(outer.trace, () => indexResponses(outer.body));
  return new Map(
    requests.map(([key, path], index) => [key, readInner(responses.get(String(index + 1)), path, outer.trace)]),
  );
};

/** They come in any order. */
const indexResponses = (body: unknown): ReadonlyMap<unknown, Row> =>
  new Map(readRows(readRow(body, 'body').responses, 'responses').map((response) => [response.id, response]));

const readInner = (response: Row | undefined, path: string, outer: RequestTrace): GraphAnswer => {
  const asked = { service: 'graph' as const, method: 'GET', path: `/v1.0${path.split('?')[0]}` };
  if (response === undefined) {
    // Graph owes an answer for each: one that is missing failed in passing.
    const status = 504;
    const trace = { ...asked, status, requestId: outer.requestId };
    return { status, headers: new Headers(), body: undefined, trace };
  }
  return readOrFail(outer, () => {
    const { status, body } = response;
    if (typeof status !== 'number') {
      throw new FieldError('responses/status', 'a number');
    }
    const headers = readHeaders(response.headers);
    return {
      status,
      headers,
      body,
      trace: { ...asked, status, requestId: readRequestId(headers, body) ?? outer.requestId },
    };
  });
};

/** The headers that we read, whatever their casing; any other may be no header that fetch would take. */
const readHeaders = (value: unknown): Headers => {
  const headers = new Headers();
  for (const [name, text] of Object.entries(isRow(value) ? value : {})) {
    if (typeof text === 'string' && /^(retry-after|request-id)$/i.test(name) && /^[\x20-\x7e]*$/.test(text)) {
      headers.set(name, text);
    }
  }
  return headers;
};
