import type { Send } from '../../lib/http/send.js';

/** A request as it left. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer, or a function that gives one or throws as a transport would. */
export type Script = Response | ((request: SentRequest) => Response | Promise<Response>);

export interface ScriptedSend {
  readonly send: Send;
  readonly sent: readonly SentRequest[];
}

/** Answers the nth request with the nth script; one request more than scripts is an error that names it. */
export const createScriptedSend = (scripts: readonly Script[]): ScriptedSend => {
  const sent: SentRequest[] = [];
  const send: Send = async (input, init) => {
    const request = new Request(input, init);
    const entry = {
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: await request.text(),
    };
    sent.push(entry);
    const script = scripts[sent.length - 1];
    if (script === undefined) {
      throw new Error(`unexpected request ${sent.length}: ${entry.method} ${entry.url.href}`);
    }
    return typeof script === 'function' ? script(entry) : script;
  };
  return { send, sent };
};

/** A JSON answer as Graph sends one. */
export const answerJson = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;odata.metadata=minimal;charset=utf-8', ...headers },
  });
