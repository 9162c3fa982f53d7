import { createHash } from 'node:crypto';

/** Where a span stands in a trace, in lower-case hex. */
export interface TracePlace {
  readonly traceId: string;
  readonly spanId: string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The span of a whole cycle. It follows from the cycle's id, so that workers that never met join one trace, even after
 * a message was lost; the trace id of a cycle is its id without hyphens.
 */
export const placeOfCycle = (cycleId: string): TracePlace => {
  const bare = cycleId.replaceAll('-', '').toLowerCase();
  const traceId = /^(?!0{32})[0-9a-f]{32}$/.test(bare) ? bare : hashOf(cycleId).slice(0, 32);
  return { traceId, spanId: hashOf(`cycle:${cycleId}`).slice(0, 16) };
};

/** W3C Trace Context, sampled. */
export const printTraceparent = ({ traceId, spanId }: TracePlace): string => `00-${traceId}-${spanId}-01`;

const traceparent = /^[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}$/;

/** Null where the text is no traceparent: a trace that cannot be joined is no reason to fail. */
export const readTraceparent = (text: string): TracePlace | null => {
  const [, traceId, spanId] = traceparent.exec(text) ?? [];
  return traceId !== undefined && spanId !== undefined ? { traceId, spanId } : null;
};
