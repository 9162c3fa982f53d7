import {
  type Attributes,
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { Clock } from '../../clock.js';
import type { EventKeys, Span, Tracer } from '../../engine/ports.js';
import type { SpanName } from '../names.js';
import type { EndedCycle, RunningTelemetry, SentRequest } from '../running.js';
import { placeOfCycle, printTraceparent, readTraceparent, type TracePlace } from '../traceContext.js';
import type { Providers } from './providers.js';

type SpanParts = Pick<RunningTelemetry, 'tracer' | 'recordRequest' | 'recordCycle' | 'traceparentOf' | 'runWithin'>;

/** Spans of cycles, slices, phases and requests over OpenTelemetry's tracer. */
export const createSpans = (providers: Providers, clock: Clock): SpanParts => {
  const { tracers, contexts, ids } = providers;
  const tracer = tracers.getTracer('entra-zoom-sync');

  const finish = (span: OtelSpan, keys: EventKeys, endMs: number): void => {
    span.setAttributes(attributesOf(keys));
    if (keys.code !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: keys.code });
    span.end(endMs);
  };

  const begin = (name: SpanName, parent: Context, keys: EventKeys, links: readonly TracePlace[]): Span => {
    const options = {
      kind: SpanKind.INTERNAL,
      attributes: attributesOf(keys),
      startTime: clock.nowMs(),
      links: links.map((place) => ({ context: toSpanContext(place) })),
    };
    const span = tracer.startSpan(name, options, parent);
    const inside = trace.setSpan(parent, span);
    return {
      run: (work) => contexts.with(inside, work),
      end: (last = {}) => finish(span, last, clock.nowMs()),
    };
  };

  const engineTracer: Tracer = {
    beginSlice: (cycleId, traceparent, keys) => {
      const place = (traceparent === null ? null : readTraceparent(traceparent)) ?? placeOfCycle(cycleId);
      const invocation = trace.getSpanContext(contexts.active());
      return begin('slice', within(place), keys, invocation ? [invocation] : []);
    },
    beginPhase: (keys) => begin('phase', contexts.active(), keys, []),
  };

  const recordRequest = ({ durationMs, ...request }: SentRequest): void => {
    const endMs = clock.nowMs();
    const options = { kind: SpanKind.CLIENT, startTime: endMs - durationMs, attributes: requestAttributes(request) };
    const span = tracer.startSpan(`${request.method} ${request.path}`, options, contexts.active());
    const code = request.failure ?? (request.status !== null && request.status >= 400 ? `Http${request.status}` : null);
    finish(span, code === null ? {} : { code }, endMs);
  };

  const recordCycle = ({ cycleId, startedMs, endedMs, keys }: EndedCycle): void => {
    const options = { root: true, kind: SpanKind.INTERNAL, startTime: startedMs, attributes: attributesOf(keys) };
    const span = ids.at(placeOfCycle(cycleId), () => tracer.startSpan('cycle', options));
    finish(span, keys, endedMs);
  };

  return {
    tracer: engineTracer,
    recordRequest,
    recordCycle,
    traceparentOf: (cycleId) => printTraceparent(placeOfCycle(cycleId)),
    runWithin: (traceparent, work) => {
      const place = readTraceparent(traceparent);
      return place === null ? work() : contexts.with(within(place), work);
    },
  };
};

const toSpanContext = ({ traceId, spanId }: TracePlace) => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});

const within = (place: TracePlace): Context => trace.setSpanContext(ROOT_CONTEXT, toSpanContext(place));

const attributesOf = (keys: EventKeys): Attributes => ({ ...keys });

/** Our own names, and those of OpenTelemetry's conventions by which dashboards know an HTTP call. */
const requestAttributes = ({
  service,
  method,
  path,
  status,
  requestId,
}: Omit<SentRequest, 'durationMs'>): Attributes => ({
  service,
  method,
  path,
  status: status ?? 0,
  ...(requestId === null ? {} : { requestId }),
  'http.request.method': method,
  'url.template': path,
  'peer.service': service,
  ...(status === null ? {} : { 'http.response.status_code': status }),
});
