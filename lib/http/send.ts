/** Every outgoing request goes through one of these; it never follows a redirect by itself. */
export type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** One concern of sending (pacing, retry, origin check, time-out, trace), wrapped around the next. */
export type Layer = (next: Send) => Send;

/** Joins layers, outermost first, around `send`. */
export const composeLayers = (layers: readonly Layer[], send: Send): Send =>
  layers.reduceRight((next, layer) => layer(next), send);
