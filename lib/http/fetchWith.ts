import { HttpError, nameTarget } from './httpError.js';
import { NetworkError } from './networkError.js';
import { readOutgoing } from './outgoing.js';
import type { Send } from './send.js';

/** Statuses that have no body; a `Response` cannot be built with one. */
const bodiless = new Set([204, 205, 304]);

/**
 * The innermost part of every pipeline: sends with `fetch` (Node's own keeps connections alive), follows no redirect
 * and reads the body to its end, so that a response is whole or an error. Throws the signal's reason, or `NetworkError`
 * for whatever the transport says, a body that breaks off included.
 */
export const fetchWith =
  (fetch: Send = globalThis.fetch): Send =>
  async (input, init) => {
    const { url, method, signal } = readOutgoing(input, init);
    try {
      signal?.throwIfAborted();
      const response = await fetch(input, { ...init, redirect: 'manual' });
      const body = await response.arrayBuffer();
      return rebuild(response, body);
    } catch (error) {
      if (signal?.aborted === true) {
        throw signal.reason;
      }
      throw error instanceof HttpError ? error : new NetworkError(method, nameTarget(url), error);
    }
  };

const rebuild = ({ status, statusText, headers }: Response, body: ArrayBuffer): Response => {
  const kept = new Headers(headers);
  // The body is decoded by now: these two would describe other bytes.
  kept.delete('content-encoding');
  kept.delete('content-length');
  return new Response(bodiless.has(status) ? null : body, { status, statusText, headers: kept });
};
