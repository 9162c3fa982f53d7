import { fetchWith } from '../http/fetchWith.js';
import { originCheckLayer } from '../http/originCheck.js';
import { createPace, type Pace } from '../http/pace.js';
import { onThrottleWait, retryLayer } from '../http/retry.js';
import { composeLayers, type Layer, type Send } from '../http/send.js';
import { timeoutLayer } from '../http/timeout.js';
import { traceLayer } from '../http/trace.js';
import { authorizeLayer } from './auth/authorizeLayer.js';
import type { TokenSource } from './auth/tokenSource.js';
import { defaultMaxWaitMs, type ZoomTargetOptions } from './options.js';
import { bucketLimits, chooseBucket, type RateSettings, readPaceNews } from './rateLimits.js';
import { createPathTemplate, requestIdHeader } from './requestTrace.js';
import { createRetryStrategy } from './retryStrategy.js';

/** A lost answer to these may be asked for again: a second time changes nothing. A POST creates. */
const isRepeatable = (method: string): boolean => method !== 'POST';

/** What sending token requests takes. */
export type TokenSendOptions = Pick<
  ZoomTargetOptions,
  'clock' | 'random' | 'newId' | 'timeoutMs' | 'maxWaitMs' | 'send' | 'observer'
>;

/** What every request to Zoom has nearest to the network, whatever its token. */
const innerLayers = (options: TokenSendOptions, endpoint: URL): readonly Layer[] => [
  originCheckLayer([endpoint.origin]),
  timeoutLayer({ timeoutMs: options.timeoutMs, clock: options.clock }),
  traceLayer({
    service: 'zoom',
    clock: options.clock,
    newId: options.newId,
    templatePath: createPathTemplate([endpoint]),
    requestIdHeader,
    observe: (record) => options.observer?.request?.(record),
  }),
];

/** Sends token requests: no token, no pace; asking twice does no harm. */
export const createTokenSend = (options: TokenSendOptions, oauthEndpoint: URL): Send => {
  const strategy = createRetryStrategy({
    isRepeatable: () => true,
    isPaced: false,
    nowMs: () => options.clock.nowMs(),
    random: options.random,
  });
  const maxTotalWaitMs = options.maxWaitMs ?? defaultMaxWaitMs;
  const retry = retryLayer({ strategy, clock: options.clock, maxTotalWaitMs });
  return composeLayers([retry, ...innerLayers(options, oauthEndpoint)], fetchWith(options.send));
};

/** The account's allowance, as this target shares in it. */
export const createScimPace = (options: ZoomTargetOptions): Pace => {
  const { clock, plan, share, random } = options;
  const settings: RateSettings = { plan, share, requestsPerSecond: options.requestsPerSecond ?? null };
  return createPace({
    limits: bucketLimits(settings),
    chooseBucket: (request) => chooseBucket(request, settings),
    readAnswer: (response, bucket) => readPaceNews(response, bucket, settings, clock.nowMs()),
    maxPauseMs: options.maxWaitMs ?? defaultMaxWaitMs,
    onPause: (addedMs) => options.observer?.throttled?.(addedMs),
    clock,
    random,
  });
};

/** Sends SCIM requests: every attempt waits for its turn, carries a token and stays on the endpoint's host. */
export const createScimSend = (
  options: ZoomTargetOptions,
  scimEndpoint: URL,
  tokens: TokenSource,
  pace: Pace,
): Send => {
  const { clock, random } = options;
  const strategy = createRetryStrategy({ isRepeatable, isPaced: true, nowMs: () => clock.nowMs(), random });
  const maxTotalWaitMs = options.maxWaitMs ?? defaultMaxWaitMs;
  const onWait = onThrottleWait((waitMs) => options.observer?.throttled?.(waitMs));
  const layers = [
    retryLayer({ strategy, clock, maxTotalWaitMs, onWait }),
    authorizeLayer(tokens),
    pace.layer,
    ...innerLayers(options, scimEndpoint),
  ];
  return composeLayers(layers, fetchWith(options.send));
};
