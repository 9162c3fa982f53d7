import type { Outcome, WireRequest } from './wire.js';

/** Reads a fetch request to its end. */
export const fromFetch = async (request: Request): Promise<WireRequest> => {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    header: (name) => request.headers.get(name) ?? undefined,
    headers: () => Object.fromEntries(request.headers),
    body: await request.text(),
  };
};

const bodyless = new Set([204, 205, 304]);

const makeResponse = (outcome: Outcome): Response => {
  if (outcome.kind === 'dropped') throw new TypeError('fetch failed');
  const { status, headers, body } = outcome.reply;
  return new Response(bodyless.has(status) || body === '' ? null : body, { status, headers });
};

/** Whichever comes first: the work's end, or the caller's giving up. The work itself goes on, as a server's would. */
const giveUpOn = <Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });

/** Answers as fetch would: a dropped connection rejects, and an abort ends the waiting but not the work. */
export const toFetch = async (
  answer: (request: WireRequest, signal: AbortSignal) => Promise<Outcome>,
  request: WireRequest,
  signal: AbortSignal,
): Promise<Response> => makeResponse(await giveUpOn(signal, answer(request, new AbortController().signal)));
