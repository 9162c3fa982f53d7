import type { JsonObject, JsonValue, TargetAccount } from '../engine/model.js';
import { isJsonObject } from './answer.js';

/** `problem` names the attribute and what was expected; never the value. */
export type ParsedAccount =
  | { readonly kind: 'account'; readonly account: TargetAccount; readonly showsActive: boolean }
  | { readonly kind: 'withoutId' }
  | { readonly kind: 'unreadable'; readonly id: string | null; readonly problem: string };

/**
 * Reads a SCIM user resource. `active` may be text ("True", as some servers write it) or absent, which RFC 7643 allows
 * and which counts as active; `showsActive` tells the difference.
 */
export const parseAccount = (resource: JsonValue | undefined, complete: boolean): ParsedAccount => {
  if (!isJsonObject(resource)) {
    return { kind: 'unreadable', id: null, problem: 'a user resource must be a JSON object' };
  }
  const id = readId(resource.id);
  if (id === null) {
    return { kind: 'withoutId' };
  }
  const { userName } = resource;
  if (typeof userName !== 'string' || userName === '') {
    return { kind: 'unreadable', id, problem: 'userName must be text' };
  }
  const active = readActive(resource);
  if (active === null) {
    return { kind: 'unreadable', id, problem: 'active must be true or false' };
  }
  return {
    kind: 'account',
    account: { id, userName, active: active ?? true, resource, complete },
    showsActive: active !== undefined,
  };
};

/** What some server or other has given for an id, and what would climb in a path, even percent-encoded. */
const notIds = new Set(['', '.', '..', 'undefined', 'null']);

/** An id that can stand in a path. */
export const isUsableId = (id: string): boolean => !notIds.has(id.trim()) && id.isWellFormed();

/** A resource's id as text; null where there is none that could stand in a path. */
export const readId = (id: JsonValue | undefined): string | null => {
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && isUsableId(text) ? text : null;
};

const readActive = ({ active }: JsonObject): boolean | undefined | null => {
  if (typeof active === 'boolean' || active === undefined) {
    return active;
  }
  const text = typeof active === 'string' ? active.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : null;
};
