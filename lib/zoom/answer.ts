import type { JsonObject, JsonValue } from '../engine/model.js';

/** An operation as the taxonomy tells them apart; `find` is a list with a filter. */
export type Operation = 'find' | 'read' | 'list' | 'create' | 'update' | 'setActive' | 'delete';

/** What an answer's body turned out to be. Bodies that are not JSON are kept as text, for their words alone. */
export type AnswerBody =
  | { readonly kind: 'json'; readonly value: JsonValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string };

/** A whole answer of the SCIM service. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** Parses a body whatever its content type says: gateways send JSON as text and text as JSON. */
export const parseAnswerBody = (text: string): AnswerBody => {
  if (text.trim() === '') {
    return { kind: 'empty' };
  }
  try {
    const value: JsonValue = JSON.parse(text);
    return { kind: 'json', value };
  } catch {
    return { kind: 'text', text };
  }
};

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
