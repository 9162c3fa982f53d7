/** What a layer may need to know of a request, however it was passed. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | null;
}

/** Reads a request's head; `init` wins over a `Request`, as in fetch. Leaves the body alone. */
export const readOutgoing = (input: string | URL | Request, init?: RequestInit): Outgoing => {
  const request = input instanceof Request ? input : null;
  return {
    url: new URL(input instanceof Request ? input.url : input),
    method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
    headers: new Headers(init?.headers ?? request?.headers),
    signal: init?.signal ?? request?.signal ?? null,
  };
};

/** A request that can be sent again: everything in `init`, the body in memory. */
export interface BufferedRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** Takes a request's body into memory, so that each attempt sends the same bytes. */
export const bufferRequest = async (input: string | URL | Request, init?: RequestInit): Promise<BufferedRequest> => {
  if (!(input instanceof Request) && !isStream(init?.body)) {
    return { url: String(input), init: init ?? {} };
  }
  const request = new Request(input, init);
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  const { method, headers, signal } = request;
  return { url: request.url, init: { method, headers, signal, redirect: request.redirect, body: bytes } };
};

const isStream = (body: unknown): boolean =>
  body instanceof ReadableStream || (typeof body === 'object' && body !== null && Symbol.asyncIterator in body);
