import type { HttpCookie, HttpData, InvocationResponse, TypedData } from './coreTypes.js';
import type { Invoker } from './invoke.js';
import { matchRoute, type Route } from './routes.js';
import { readSetting, type Settings } from './settings.js';

/** A request as it came, with its whole body. */
export interface HttpCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** The setting that holds the key for functions whose authLevel is not anonymous; without it they answer 401. */
export const functionKeySetting = 'SANDBOX_FUNCTION_KEY';

const noBody = new Uint8Array();
export const answerEmpty = (status: number): HttpAnswer => ({ status, headers: [], body: noBody });

export function answerJson(status: number, value: unknown): HttpAnswer {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: [['content-type', 'application/json; charset=utf-8']], body };
}

/** Answers one call under the function routes: 404, 401, 500 with an empty body, or what the function says. */
export async function answerCall(
  call: HttpCall,
  routes: readonly Route[],
  invoker: Invoker,
  settings: Settings,
): Promise<HttpAnswer> {
  const match = matchRoute(routes, call.method, call.url.pathname);
  if (match.kind === 'malformed') return answerEmpty(400);
  if (match.kind === 'none') return answerEmpty(404);
  const { hosted } = match.route;
  if (!mayCall(hosted.trigger.authLevel, call, settings)) return answerEmpty(401);
  const data = { http: toHttpData(call, match.params) };
  try {
    return toAnswer(await invoker.invoke(hosted, { data, reason: `${call.method} ${call.url.pathname}` }));
  } catch {
    return answerEmpty(500); // The invocation has logged why; the real host tells the caller nothing either.
  }
}

function mayCall(authLevel: 'anonymous' | 'function' | 'admin', call: HttpCall, settings: Settings): boolean {
  if (authLevel === 'anonymous') return true;
  const key = readSetting(settings, functionKeySetting);
  const given = call.headers['x-functions-key'] ?? call.url.searchParams.get('code');
  return key !== undefined && key !== '' && given === key;
}

function toHttpData(call: HttpCall, params: Record<string, string>): HttpData {
  const query: Record<string, string> = {};
  for (const [name, value] of call.url.searchParams) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  const data: HttpData = { method: call.method, url: call.url.href, headers: { ...call.headers }, params, query };
  if (call.body.byteLength > 0) data.body = { bytes: call.body };
  return data;
}

function toAnswer({ returnValue }: InvocationResponse): HttpAnswer {
  const http = returnValue?.http;
  if (http === null || http === undefined) return answerEmpty(204);
  const headers = Object.entries(http.headers ?? {}).filter(([name]) => !hopHeaders.has(name.toLowerCase()));
  const cookies = (http.cookies ?? []).map((cookie) => ['set-cookie', toSetCookie(cookie)] as const);
  return { status: Number(http.statusCode ?? '200'), headers: [...headers, ...cookies], body: toBytes(http.body) };
}

/** They describe one hop; the server sets its own. */
const hopHeaders: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

function toBytes(data: TypedData | null | undefined): Uint8Array {
  if (data === null || data === undefined) return noBody;
  if (data.bytes) return data.bytes;
  return new TextEncoder().encode(data.string ?? data.json ?? '');
}

function toSetCookie(cookie: HttpCookie): string {
  const parts = [`${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`];
  const expiresSeconds = cookie.expires?.value?.seconds;
  if (expiresSeconds !== undefined) parts.push(`Expires=${new Date(expiresSeconds * 1000).toUTCString()}`);
  if (cookie.maxAge?.value !== undefined) parts.push(`Max-Age=${cookie.maxAge.value}`);
  if (cookie.domain?.value !== undefined) parts.push(`Domain=${cookie.domain.value}`);
  parts.push(`Path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value === true) parts.push('Secure');
  if (cookie.httpOnly?.value === true) parts.push('HttpOnly');
  if (cookie.sameSite === 'lax' || cookie.sameSite === 'strict') parts.push(`SameSite=${cookie.sameSite}`);
  if (cookie.sameSite === 'explicitNone') parts.push('SameSite=None');
  return parts.join('; ');
}
