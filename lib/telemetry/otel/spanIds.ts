import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import type { TracePlace } from '../traceContext.js';

/** Random ids, save for a span that stands where somebody else already knows it. */
export interface SpanIds extends IdGenerator {
  /** The span that `begin` starts, as a root, has this place. */
  at<T>(place: TracePlace, begin: () => T): T;
}

export const createSpanIds = (): SpanIds => {
  const random = new RandomIdGenerator();
  let fixed: TracePlace | null = null;
  return {
    generateTraceId: () => fixed?.traceId ?? random.generateTraceId(),
    generateSpanId: () => fixed?.spanId ?? random.generateSpanId(),
    at: (place, begin) => {
      fixed = place;
      try {
        return begin();
      } finally {
        fixed = null;
      }
    },
  };
};
