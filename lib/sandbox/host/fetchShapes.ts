import type { HttpAnswer, HttpCall } from './httpInvoke.js';

/** The server's shapes from and to those of `fetch`, so that a handler can be called with and without a socket. */
export async function fromRequest(request: Request): Promise<HttpCall> {
  return {
    method: request.method,
    url: new URL(request.url),
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

/** The body of a GET or HEAD is dropped: `Request` takes none. */
export function toRequest({ method, url, headers, body }: HttpCall): Request {
  const hasBody = body.byteLength > 0 && method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, body: hasBody ? Buffer.from(body) : null });
}

export async function fromResponse(response: Response): Promise<HttpAnswer> {
  return {
    status: response.status,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

export function toResponse({ status, headers, body }: HttpAnswer): Response {
  const isBodyless = status === 204 || status === 205 || status === 304;
  return new Response(isBodyless ? null : Buffer.from(body), {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
}
