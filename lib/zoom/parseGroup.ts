import type { JsonValue, TargetAccount } from '../engine/model.js';
import { isJsonObject } from './answer.js';
import { readId } from './parseAccount.js';

/** `problem` names the attribute and what was expected; never the value. */
export type ParsedGroup =
  | { readonly kind: 'group'; readonly group: TargetAccount }
  | { readonly kind: 'unreadable'; readonly id: string | null; readonly problem: string };

/** Reads a SCIM group resource; its name stands for the user name of an account. Zoom shows no members. */
export const parseGroup = (resource: JsonValue | undefined, complete: boolean): ParsedGroup => {
  if (!isJsonObject(resource)) {
    return { kind: 'unreadable', id: null, problem: 'a group resource must be a JSON object' };
  }
  const id = readId(resource.id);
  if (id === null) {
    return { kind: 'unreadable', id: null, problem: 'a group resource with an id was expected' };
  }
  const { displayName } = resource;
  if (typeof displayName !== 'string' || displayName === '') {
    return { kind: 'unreadable', id, problem: 'displayName must be text' };
  }
  return { kind: 'group', group: { id, userName: displayName, active: true, resource, complete } };
};
