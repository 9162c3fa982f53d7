import type { JsonValue } from '../../mapping/json.js';

/** A request as it came in, by socket or by function call. */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  headers(): Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: string;
}

/** `dropped`: the connection ends without an answer. */
export type Outcome = { readonly kind: 'replied'; readonly reply: WireReply } | { readonly kind: 'dropped' };

const jsonType = 'application/json;charset=UTF-8';

/** What can be written as JSON, read-only types included. */
export type Jsonable = JsonValue | undefined | readonly Jsonable[] | { readonly [member: string]: Jsonable };

export const replyJson = (
  status: number,
  body: Jsonable,
  headers: Readonly<Record<string, string>> = {},
): WireReply => ({ status, headers: { 'Content-Type': jsonType, ...headers }, body: JSON.stringify(body) });

export const replyEmpty = (status: number, headers: Readonly<Record<string, string>> = {}): WireReply => ({
  status,
  headers,
  body: '',
});
