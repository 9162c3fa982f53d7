import type { Served } from './answer.js';

/** What fetch rejects with when the connection goes. */
const connectionReset = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) {
      fail();
    } else {
      signal.addEventListener('abort', fail, { once: true });
    }
  });

/** The first half of the text, then an error as undici reports a connection that went. */
const brokenBody = (text: string): ReadableStream<Uint8Array> => {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) {
        controller.error(new TypeError('terminated', { cause: new Error('other side closed') }));
        return;
      }
      sent = true;
      controller.enqueue(new TextEncoder().encode(text.slice(0, Math.max(1, Math.floor(text.length / 2)))));
    },
  });
};

/** Turns what was served into what fetch would give: a response, a rejection, or a wait until `signal` aborts. */
export const deliver = async (served: Served, signal: AbortSignal): Promise<Response> => {
  const { breakage, status, headers, body, text } = served;
  if (breakage === 'resetBefore') {
    throw connectionReset();
  }
  if (breakage === 'stall') {
    return untilAborted(signal);
  }
  if (breakage === 'resetMidBody') {
    return new Response(brokenBody(text), { status, headers });
  }
  return new Response(body === null ? null : text, {
    status,
    headers: { ...headers, 'Content-Length': String(Buffer.byteLength(text)) },
  });
};
