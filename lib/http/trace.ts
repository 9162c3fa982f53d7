import type { Clock } from '../clock.js';
import { HttpError } from './httpError.js';
import { readOutgoing } from './outgoing.js';
import type { Layer } from './send.js';

/** One attempt, as metrics, logs and a cycle's request count may know it: no id, query, header or body. */
export interface RequestRecord {
  readonly service: 'graph' | 'zoom';
  readonly method: string;
  /** Path template (`/v1.0/users/{id}`). */
  readonly path: string;
  /** Null where no answer came. */
  readonly status: number | null;
  /** The service's own id of the request, for its support. */
  readonly requestId: string | null;
  readonly clientRequestId: string;
  readonly durationMs: number;
  /** Code of the failure where no answer came (`HttpTimeout`, `NetworkFailed`, else the error's name). */
  readonly failure: string | null;
}

export type RequestObserver = (record: RequestRecord) => void;

export interface TraceOptions {
  readonly service: RequestRecord['service'];
  readonly clock: Clock;
  readonly newId: () => string;
  readonly templatePath: (path: string) => string;
  /** Response header that holds the service's request id (`request-id`; Zoom: `x-zm-trackingid`). */
  readonly requestIdHeader: string;
  /** Must not throw. */
  readonly observe: RequestObserver;
}

/** Gives each attempt a `client-request-id` unless it has one, and tells the observer how it ended. */
export const traceLayer =
  (options: TraceOptions): Layer =>
  (next) =>
  async (input, init) => {
    const { url, method, headers } = readOutgoing(input, init);
    const clientRequestId = headers.get('client-request-id') ?? options.newId();
    headers.set('client-request-id', clientRequestId);
    const startedMs = options.clock.monotonicMs();
    const describe = (response: Response | null, failure: string | null): RequestRecord => ({
      service: options.service,
      method,
      path: options.templatePath(url.pathname),
      status: response?.status ?? null,
      requestId: response?.headers.get(options.requestIdHeader) ?? null,
      clientRequestId,
      durationMs: options.clock.monotonicMs() - startedMs,
      failure,
    });
    try {
      const response = await next(input, { ...init, headers });
      options.observe(describe(response, null));
      return response;
    } catch (error) {
      options.observe(describe(null, nameFailure(error)));
      throw error;
    }
  };

const nameFailure = (error: unknown): string => {
  if (error instanceof HttpError) {
    return error.code;
  }
  return error instanceof Error ? error.name : 'Unknown';
};
