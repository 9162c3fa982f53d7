import type { Properties } from './properties.js';

/** What can be a member of a group, as `@odata.type` names it after `#microsoft.graph.`. */
export type MemberType = 'user' | 'group' | 'device' | 'servicePrincipal' | 'orgContact';

export interface MemberRef {
  readonly id: string;
  readonly type: MemberType;
}

interface ChangeBase {
  readonly seq: number;
  readonly atMs: number;
  readonly id: string;
  /** The object's change before this one, as long as the log keeps it. */
  previous: Change | null;
}

/** One entry of the change log. `silent` ones are part of the past but never told by a delta query. */
export type Change = ChangeBase &
  (
    | { readonly kind: 'created' | 'deleted' | 'restored' | 'purged' }
    | { readonly kind: 'updated'; readonly names: readonly string[]; readonly before: Properties }
    | { readonly kind: 'managerSet'; readonly before: string | null; readonly silent: boolean }
    | { readonly kind: 'memberAdded' | 'memberRemoved'; readonly member: MemberRef; readonly silent: boolean }
  );

/** What of a change its maker says; the log adds the rest. */
export type ChangeFact = Change extends infer One ? (One extends Change ? Omit<One, keyof ChangeBase> : never) : never;

interface DirectoryObject {
  readonly id: string;
  /** Replaced as a whole by every update, so that an old one can be kept. */
  properties: Properties;
  deletedAtMs: number | null;
  /** Orders the recycle bin; 0 while live. */
  deletedSeq: number;
  lastChange: Change | null;
}

export interface UserRecord extends DirectoryObject {
  managerId: string | null;
}

export interface Edge {
  readonly type: MemberType;
  /** When the edge was added: members are in ascending order of it. */
  readonly seq: number;
}

export interface GroupRecord extends DirectoryObject {
  readonly members: Map<string, Edge>;
  /** The last few members that went, for the `@removed` entries of initial rounds. */
  readonly formerMembers: Map<string, MemberType>;
}

/** A device or a contact: all that the simulator knows of them is that they can be members. */
export interface OtherRecord {
  readonly id: string;
  readonly type: 'device' | 'orgContact';
  readonly displayName: string;
}

export interface AssignmentRecord {
  readonly id: string;
  readonly seq: number;
  readonly createdAtMs: number;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  /** Shown instead of the principal's own type and name where given. */
  readonly shownAs: { readonly principalType?: string; readonly principalDisplayName?: string | null };
}

export interface AssignmentChange {
  readonly atMs: number;
  readonly kind: 'assigned' | 'unassigned';
  readonly row: AssignmentRecord;
}

export interface ServicePrincipalRecord {
  readonly id: string;
  properties: Properties;
  deletedAtMs: number | null;
  readonly assignments: Map<string, AssignmentRecord>;
  /** The last changes of `assignments`, oldest first, for replicas that lag. */
  recentChanges: AssignmentChange[];
}
