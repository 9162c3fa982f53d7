import type { JsonValue } from '../engine/model.js';
import { isJsonObject } from './answer.js';

/** A SCIM ListResponse as it is, rows unread. */
export interface ListAnswer {
  readonly rows: readonly JsonValue[];
  /** What the service says there is; the rows' number where it does not say. */
  readonly total: number;
}

export type ParsedList =
  | { readonly kind: 'list'; readonly list: ListAnswer }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** Reads a ListResponse (RFC 7644 3.4.2). `Resources` may be absent only where there is nothing at `startIndex`. */
export const parseList = (value: JsonValue, startIndex: number): ParsedList => {
  if (!isJsonObject(value)) {
    return { kind: 'unreadable', problem: 'a list must be a JSON object' };
  }
  const { Resources: rows, totalResults: total } = value;
  if (total !== undefined && (typeof total !== 'number' || !Number.isInteger(total) || total < 0)) {
    return { kind: 'unreadable', problem: 'totalResults must be a whole number' };
  }
  if (rows === undefined || rows === null) {
    return total !== undefined && total < startIndex
      ? { kind: 'list', list: { rows: [], total } }
      : { kind: 'unreadable', problem: 'Resources must be a list' };
  }
  if (!Array.isArray(rows)) {
    return { kind: 'unreadable', problem: 'Resources must be a list' };
  }
  return { kind: 'list', list: { rows, total: total ?? startIndex - 1 + rows.length } };
};
