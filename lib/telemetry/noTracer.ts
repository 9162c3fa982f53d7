import type { Span, Tracer } from '../engine/ports.js';

const noSpan: Span = { run: (work) => work(), end: () => undefined };

/** Keeps no trace and costs nothing. */
export const noTracer: Tracer = { beginSlice: () => noSpan, beginPhase: () => noSpan };
