import type { JsonObject, Values } from '../../engine/model.js';

/** One SCIM request below the service's base address. `path` is encoded. */
export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

export interface MemberChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * How a target wants its SCIM: each operation as the request that expresses it. Pure; ids come raw and are encoded
 * here, and all else (sending, reading answers, faults) is the same for every dialect.
 */
export interface Dialect {
  /** As `ZOOM_DIALECT` has it. */
  readonly name: string;
  /** A search for one value; null where the target has no filter for this path. */
  findUser(path: string, value: string): ScimRequest | null;
  listUsers(startIndex: number, count: number): ScimRequest;
  readUser(targetId: string): ScimRequest;
  createUser(values: Values, active: boolean): ScimRequest;
  updateUser(targetId: string, values: Values): ScimRequest;
  setUserActive(targetId: string, active: boolean): ScimRequest;
  deleteUser(targetId: string): ScimRequest;
  createGroup(values: Values): ScimRequest;
  updateGroup(targetId: string, values: Values): ScimRequest;
  /** In requests small enough for the target, additions first; sent in order. */
  changeMembers(targetId: string, change: MemberChange): readonly ScimRequest[];
  deleteGroup(targetId: string): ScimRequest;
}
