import {
  Client,
  type Context,
  GraphClientError,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import type { Send } from '../http/send.js';

/** A request to Graph as the client library carries it: a path under the version, or a followed link as it came. */
export type Carry = (
  request:
    | { readonly kind: 'get'; readonly path: string }
    | { readonly kind: 'link'; readonly link: string }
    | { readonly kind: 'post'; readonly path: string; readonly content: unknown },
  signal: AbortSignal,
) => Promise<Response>;

/** Passed along with a request whose URL must not be taken apart and put together again. */
class VerbatimLink {
  constructor(readonly link: string) {}
}

/**
 * Microsoft's client library over our own chain. Its stock chain retries on its own, sends no token to loopback and
 * rewrites followed links; here it builds requests and hands back the raw response. Throws what `send` throws.
 */
export const createCarrier = (baseUrl: string, send: Send): Carry => {
  const client = Client.initWithMiddleware({ baseUrl, defaultVersion: 'v1.0', middleware: createMiddleware(send) });
  return async (request, signal) => {
    try {
      const path = request.kind === 'link' ? '/' : request.path;
      const prepared = client
        .api(path)
        .header('Accept', 'application/json')
        .option('signal', signal)
        .responseType(ResponseType.RAW);
      if (request.kind === 'link') {
        prepared.middlewareOptions([new VerbatimLink(request.link)]);
      }
      const response: Response = await (request.kind === 'post' ? prepared.post(request.content) : prepared.get());
      return response;
    } catch (error) {
      throw error instanceof GraphClientError && error.customError !== undefined ? error.customError : error;
    }
  };
};

const createMiddleware = (send: Send): Middleware => ({
  execute: async (context: Context) => {
    const verbatim: unknown = context.middlewareControl?.getMiddlewareOptions(VerbatimLink);
    const url = verbatim instanceof VerbatimLink ? verbatim.link : context.request;
    try {
      context.response = await send(url, context.options);
    } catch (error) {
      // The library replaces any other error by its own and forgets the cause.
      const carried = new GraphClientError('carried');
      carried.customError = error;
      throw carried;
    }
  },
});
