import { randomUUID } from 'node:crypto';
import { ApiError, errorBody } from './api/apiError.js';
import type { ApiAnswer, ApiRequest } from './api/apiRequest.js';
import { type Authorise, type Caller, createAuthoriser } from './api/authorise.js';
import { readBodyText } from './api/readBodyText.js';
import type { ApiRole } from './api/roles.js';
import { serve } from './api/serve.js';
import { type App, getApp } from './app.js';

/** What a door needs of the platform's request; `@azure/functions`' HttpRequest has it. */
export interface DoorRequest {
  readonly method: string;
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly jsonBody?: unknown;
  readonly body?: string;
}

const authorisers = new WeakMap<App, Authorise>();

const authoriserOf = (app: App): Authorise => {
  const known = authorisers.get(app);
  if (known) return known;
  const { world, settings } = app;
  const created = createAuthoriser({
    api: settings.api,
    nowMs: () => world.clock.nowMs(),
    fetch: (url, init) => fetch(url, init),
    onRefusal: (code) => world.telemetry.event('warning', 'ApiRefused', { jobId: world.jobId, code }),
  });
  authorisers.set(app, created);
  return created;
};

/** An HTTP door: authorised, answered and explained in one place; `handle` is called with the app. */
export const openDoor =
  (role: ApiRole, handle: (app: App, request: ApiRequest, caller: Caller) => Promise<ApiAnswer>) =>
  async (request: DoorRequest, log: DoorLog): Promise<DoorAnswer> => {
    const app = await tryGetApp(log);
    if (!app) return toDoorAnswer(notStarted(request.headers.get('client-request-id')));
    const { world } = app;
    const answer = await serve(toApiRequest(request), role, (parsed, caller) => handle(app, parsed, caller), {
      authorise: authoriserOf(app),
      newId: randomUUID,
      nowMs: () => world.clock.nowMs(),
      onError: (error, requestId) =>
        world.telemetry.event('error', 'ApiFailed', {
          jobId: world.jobId,
          requestId,
          code: error instanceof Error ? error.name : 'unknown',
        }),
    });
    return toDoorAnswer(answer);
  };

/** What a door says of itself goes here; `@azure/functions`' InvocationContext has it. */
export interface DoorLog {
  error(message: string): void;
}

/** The app, or null where its settings or storage keep it from starting: then the log says why. */
export const tryGetApp = async (log: DoorLog): Promise<App | null> => {
  try {
    return await getApp();
  } catch (error) {
    log.error(`The service could not start: ${error instanceof Error ? error.message : 'an unknown value was thrown'}`);
    return null;
  }
};

const notStarted = (clientRequestId: string | null): ApiAnswer => {
  const error = new ApiError(503, 'ServiceUnavailable', 'The service could not start. Its log says why.');
  return { status: 503, headers: {}, body: errorBody(error, randomUUID(), clientRequestId, Date.now()) };
};

export const toDoorAnswer = ({ status, headers, body, text }: ApiAnswer): DoorAnswer => ({
  status,
  headers: { ...headers },
  ...(body === undefined ? {} : { jsonBody: body }),
  ...(text === undefined ? {} : { body: text }),
});

const toApiRequest = (request: DoorRequest): ApiRequest => ({
  method: request.method,
  url: request.url,
  params: request.params,
  query: request.query,
  header: (name) => request.headers.get(name),
  readText: () => readBodyText(request.body, request.headers.get('content-length')),
});
