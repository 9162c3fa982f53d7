import type { Served } from './answer.js';

/** What fetch rejects with when the connection goes: a TypeError with undici's words and cause. */
export class ConnectionReset extends TypeError {
  constructor(message: 'fetch failed' | 'terminated') {
    super(message, { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) {
      fail();
    } else {
      signal.addEventListener('abort', fail, { once: true });
    }
  });

/** The first half of the text, then the end of the connection. */
const brokenBody = (text: string): ReadableStream<Uint8Array> => {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) {
        controller.error(new ConnectionReset('terminated'));
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
    throw new ConnectionReset('fetch failed');
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
