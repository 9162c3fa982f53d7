import type { Fault, JsonObject, Values } from '../../engine/model.js';

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

/** How a member leaves a group; Zoom's documents name both forms and not which one it takes. */
export type MemberRemoval = 'value' | 'filter';

/**
 * How a target wants its SCIM: each operation as the request that expresses it. Pure; ids come raw and are encoded
 * here, and all else (sending, reading answers, faults) is the same for every dialect.
 */
export interface Dialect {
  /** As `ZOOM_DIALECT` has it. */
  readonly name: string;
  /** What the target demands of a user's values; asked before anything is sent. */
  checkUserValues(values: Values): Fault | null;
  /** Searches for one value, each made where those before found nothing; none where the target has no such filter. */
  findUser(path: string, value: string): readonly ScimRequest[];
  listUsers(startIndex: number, count: number): ScimRequest;
  readUser(targetId: string): ScimRequest;
  createUser(values: Values, active: boolean): ScimRequest;
  /** Whether an update with these values must know what the account holds, so that it takes nothing away. */
  readsBeforeUpdate?(values: Values): boolean;
  /** Null clears. `resource`: the account as it was read, where the update asks for it. */
  updateUser(targetId: string, values: Values, resource?: JsonObject): ScimRequest;
  /**
   * The update again, after the target found nothing at one of its paths, over what the account was seen to hold; null
   * where nothing is left to send.
   */
  amendUser?(targetId: string, values: Values, resource: JsonObject): ScimRequest | null;
  setUserActive(targetId: string, active: boolean): ScimRequest;
  deleteUser(targetId: string): ScimRequest;
  findGroup(displayName: string): ScimRequest;
  listGroups(startIndex: number, count: number): ScimRequest;
  readGroup(targetId: string): ScimRequest;
  createGroup(values: Values): ScimRequest;
  updateGroup(targetId: string, values: Values): ScimRequest;
  /** In requests small enough for the target, additions first; sent in order. `removal`: the dialect's own by default. */
  changeMembers(targetId: string, change: MemberChange, removal?: MemberRemoval): readonly ScimRequest[];
  deleteGroup(targetId: string): ScimRequest;
}
