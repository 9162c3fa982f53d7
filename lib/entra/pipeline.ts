import type { Clock } from '../clock.js';
import { fetchWith } from '../http/fetchWith.js';
import { originCheckLayer } from '../http/originCheck.js';
import { templatePath } from '../http/pathTemplate.js';
import { onThrottleWait, retryLayer } from '../http/retry.js';
import { composeLayers, type Send } from '../http/send.js';
import { timeoutLayer } from '../http/timeout.js';
import { type RequestObserver, traceLayer } from '../http/trace.js';
import { bearerLayer, type GetToken } from './bearer.js';
import { graphRetryStrategy } from './graphRetry.js';

export interface PipelineOptions {
  readonly origin: string;
  readonly getToken: GetToken;
  readonly send: Send;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly observe: RequestObserver;
  readonly onThrottle: (waitMs: number) => void;
  readonly timeoutMs: number;
  readonly maxWaitMs: () => number;
}

/** Graph's own words in the paths that we ask for; all else in a path is somebody's id. */
const words = new Set(
  'v1.0 users groups delta servicePrincipals appRoleAssignedTo memberOf directory deletedItems microsoft.graph.user $batch'.split(
    ' ',
  ),
);

/** Every request to Graph goes through this: retry, token, origin check, time-out, trace. */
export const createGraphSend = (options: PipelineOptions): Send => {
  const { origin, getToken, send, clock, random, newId, observe, onThrottle, timeoutMs, maxWaitMs } = options;
  return composeLayers(
    [
      retryLayer({
        strategy: graphRetryStrategy(clock, random),
        clock,
        maxTotalWaitMs: maxWaitMs,
        onWait: onThrottleWait(onThrottle),
      }),
      bearerLayer(getToken),
      originCheckLayer([origin]),
      timeoutLayer({ timeoutMs, clock }),
      traceLayer({
        service: 'graph',
        clock,
        newId,
        templatePath: (path) => templatePath(path, words),
        requestIdHeader: 'request-id',
        observe,
      }),
    ],
    fetchWith(send),
  );
};
