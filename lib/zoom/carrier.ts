import { AsyncLocalStorage } from 'node:async_hooks';
import axios, { type AxiosResponse } from 'axios';
import type { Send } from '../http/send.js';
import { parseAnswerBody, type ScimAnswer } from './answer.js';
import type { ScimRequest } from './dialects/dialect.js';

/** Sends one SCIM request. Throws what the layers below throw, or the signal's reason. */
export type Carry = (request: ScimRequest, signal: AbortSignal) => Promise<ScimAnswer>;

const carriers = new AsyncLocalStorage<Send>();

/** axios keeps whatever `fetch` it was given as long as the process lives: it gets this one only. */
const sendOfCarrier: Send = async (input, init) => {
  const send = carriers.getStore();
  if (!send) throw new Error('A SCIM request was sent outside of a carrier.');
  return send(input, init);
};

/**
 * Carries requests over axios on top of `send`, which alone knows of pace, tokens and retries: axios builds the
 * request and hands back text. Every status is an answer. Zoom is known to take this pair of `Accept` and
 * `Content-Type`.
 */
export const createCarrier = (endpoint: URL, send: Send): Carry => {
  const client = axios.create({
    adapter: 'fetch',
    env: { fetch: sendOfCarrier },
    responseType: 'text',
    maxRedirects: 0,
    validateStatus: () => true,
    transformRequest: (body: unknown) => (body === undefined ? undefined : JSON.stringify(body)),
    transformResponse: (body: unknown) => body,
    headers: { accept: 'application/scim+json', 'user-agent': 'entra-zoom-sync' },
  });
  const base = endpoint.href.replace(/\/$/, '');
  return async ({ method, path, query = {}, body }, signal) => {
    try {
      const response: AxiosResponse<string> = await carriers.run(send, () =>
        client.request({
          method,
          url: `${base}${path}${encodeQuery(query)}`,
          signal,
          ...(body === undefined ? {} : { data: body, headers: { 'content-type': 'application/json' } }),
        }),
      );
      return readResponse(response);
    } catch (error) {
      signal.throwIfAborted();
      throw axios.isAxiosError(error) && error.cause !== undefined ? error.cause : error;
    }
  };
};

/** Spaces as %20: not every server takes a plus sign in a filter. */
const encodeQuery = (query: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

const readResponse = ({ status, headers, data }: AxiosResponse<string>): ScimAnswer => {
  const kept = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') {
      kept.set(name, value);
    }
  }
  return { status, headers: kept, body: parseAnswerBody(data) };
};
