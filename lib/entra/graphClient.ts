import type { Clock } from '../clock.js';
import type { FaultError, RequestTrace } from '../engine/model.js';
import { computeBackoffMs } from '../http/backoff.js';
import { ForeignOriginError } from '../http/foreignOriginError.js';
import { HttpTimeoutError } from '../http/httpTimeoutError.js';
import { NetworkError } from '../http/networkError.js';
import { assertSameOrigin, isOnOrigin } from '../http/originCheck.js';
import type { Send } from '../http/send.js';
import { UnexpectedRedirectError } from '../http/unexpectedRedirectError.js';
import { answerFailure } from './answerFailure.js';
import { type Carry, createCarrier } from './carrier.js';
import { type GraphAnswer, isOk, readRequestId } from './graphAnswer.js';
import { graphBackoff } from './graphRetry.js';
import { sourceFailure } from './sourceFailure.js';

/** Requests to Graph with parsed answers of any status. Throws `FaultError` where there is no readable answer. */
export interface GraphClient {
  /** Path and query below `/v1.0`, encoded. */
  get(path: string, signal: AbortSignal): Promise<GraphAnswer>;
  /** A link that Graph gave, sent as it is; one that leaves the endpoint is refused. */
  follow(link: string, signal: AbortSignal): Promise<GraphAnswer>;
  post(path: string, content: unknown, signal: AbortSignal): Promise<GraphAnswer>;
  /** The fault that an answer which is no success stands for. */
  failure(answer: GraphAnswer): FaultError;
  /** Throws `FaultError` with code `ForeignLink` where the link leaves the endpoint. */
  assertLink(link: string, request: RequestTrace): void;
  /** Whether the link stays on the endpoint. */
  isOwnLink(link: string): boolean;
}

export interface GraphClientOptions {
  readonly origin: string;
  readonly send: Send;
  readonly clock: Clock;
  readonly random: () => number;
}

type Request = Parameters<Carry>[0];

export const createGraphClient = ({ origin, send, clock, random }: GraphClientOptions): GraphClient => {
  const carry = createCarrier(origin, send);

  const assertLink = (link: string, request: RequestTrace): URL => {
    try {
      return assertSameOrigin(link, origin);
    } catch (error) {
      throw translateError(error, request);
    }
  };

  const ask = async (request: Request, signal: AbortSignal, attempt = 1): Promise<GraphAnswer> => {
    const asked = describeRequest(request, origin);
    if (request.kind === 'link') {
      assertLink(request.link, asked);
    }
    const response = await carry(request, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw translateError(error, asked);
    });
    const answer = await readAnswer(response, asked);
    if (!isOk(answer) || answer.body !== undefined) {
      return answer;
    }
    if (attempt > 1) {
      throw sourceFailure('SourceUnreadable', { detail: describeContent(response), request: answer.trace });
    }
    // A page of a proxy or a body that was cut in two: the second attempt mostly gets the real one.
    await clock.sleep(computeBackoffMs(attempt, graphBackoff, random), signal);
    return ask(request, signal, attempt + 1);
  };

  return {
    get: (path, signal) => ask({ kind: 'get', path }, signal),
    follow: (link, signal) => ask({ kind: 'link', link }, signal),
    post: (path, content, signal) => ask({ kind: 'post', path, content }, signal),
    failure: (answer) => answerFailure(answer, clock.nowMs()),
    assertLink: (link, request) => {
      assertLink(link, request);
    },
    isOwnLink: (link) => isOnOrigin(link, origin),
  };
};

const describeRequest = (request: Request, origin: string): RequestTrace => {
  const url = request.kind === 'link' ? request.link : `${origin}/v1.0${request.path}`;
  return {
    service: 'graph',
    method: request.kind === 'post' ? 'POST' : 'GET',
    path: URL.canParse(url) ? new URL(url).pathname : '(not a URL)',
    status: null,
    requestId: null,
  };
};

const readAnswer = async (response: Response, asked: RequestTrace): Promise<GraphAnswer> => {
  const { status, headers } = response;
  const body = isJson(headers) ? parseJson(await response.text()) : undefined;
  return { status, headers, body, trace: { ...asked, status, requestId: readRequestId(headers, body) } };
};

const isJson = (headers: Headers): boolean =>
  /^application\/([\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const describeContent = ({ headers }: Response): string => {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get('content-type') ?? '')?.[0];
  return isJson(headers)
    ? 'It is not whole JSON.'
    : `Its content type is ${type ?? 'missing'}, expected application/json.`;
};

/** Errors of the layers below as faults of the source; any other is a defect and stays what it is. */
const translateError = (error: unknown, request: RequestTrace): unknown => {
  if (error instanceof HttpTimeoutError) {
    return sourceFailure('SourceTimeout', { request }, error);
  }
  if (error instanceof NetworkError) {
    const detail = error.causeCode === null ? {} : { detail: `The network said ${error.causeCode}.` };
    return sourceFailure('SourceUnreachable', { request, ...detail }, error);
  }
  if (error instanceof ForeignOriginError) {
    return sourceFailure(
      'ForeignLink',
      { request, detail: `It leads to ${error.foreignOrigin ?? 'no URL at all'}.` },
      error,
    );
  }
  if (error instanceof UnexpectedRedirectError) {
    return sourceFailure('SourceRedirected', { request: { ...request, status: error.status } }, error);
  }
  return error;
};
