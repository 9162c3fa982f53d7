import type { Attributes, Fault, ObjectType, Removal, RemovalTrigger, Values } from './model.js';
import type { Release } from './release.js';

/** The parent that stands for the application itself among the edges. */
export const appParent = 'app';
/**
 * The parent, among the edges, of every group that is a member of a group which leads to the application: an index of the
 * nested groups, in one partition. No row's `via` names it.
 */
export const nestedParent = 'nested';
/** The role on an edge from a group to its member. */
export const memberRole = 'member';

/** An edge seen from below, by role. */
export type Via = Readonly<Record<string, ViaRole>>;

export interface ViaRole {
  /** The cycle or call on demand that first missed it in a complete list; null while it is there. */
  readonly missingSince: string | null;
  /** A call on demand saw it: it grants scope although no round of its group has ended. */
  readonly seenOnDemand?: true;
  /**
   * The cycle in which a stream contradicted itself about the edge, or an enumeration left it out of a user whom the
   * directory did not show: it stays as it is, and the directory is asked in a later cycle, when no replica lags any more.
   */
  readonly doubtedIn?: string;
}

/** The stored pair (source object, target object). `asked` is what we sent, `held` what the target answered. */
export interface Link {
  readonly targetId: string;
  readonly state: 'creating' | 'active' | 'disabled' | 'detached';
  readonly origin: 'created' | 'adopted';
  /** Made by our POST and not accepted by its person yet. */
  readonly invited: boolean;
  readonly asked: Values;
  readonly held: Values;
  /** Paths that were asked for and that a complete answer did not show: that they are absent says nothing. */
  readonly unshown?: readonly string[];
  readonly schemaVersion: string;
  readonly since: string;
}

/** An object that must be evaluated, and when. With a fault it is in escrow. */
export interface Pending {
  readonly reason:
    | 'assignment'
    | 'membership'
    | 'reference'
    | 'seen'
    | 'restored'
    | 'failed'
    | 'intent'
    | 'left'
    | 'unknown';
  readonly due: string;
  /** Bumped by every touch, so that whoever evaluated an older state cannot clear a newer mark. */
  readonly touch: number;
  readonly attempts: number;
  readonly firstFailureAt: string | null;
  readonly fault: Fault | null;
}

/** A removal that waits for the guard. */
export interface Staged {
  readonly trigger: RemovalTrigger;
  readonly removal: Removal;
  readonly since: string;
  readonly cycleId: string;
  /** `rejected` by a person: nothing is done until an evaluation does not end in removal. */
  readonly state: 'staged' | 'held' | 'released' | 'rejected';
  readonly incident: string | null;
  /** A row of the feed said so (blocked, deleted); else two complete reads did. */
  readonly provenByRow: boolean;
  /** The cycle in which a fresh read first disagreed; a second disagreement in a later cycle drops it. */
  readonly contradictedIn: string | null;
  /** Who let it go ahead after the guard had held it, and when. */
  readonly release: Release | null;
}

/** Written before a write to Zoom: what is about to be sent. It is also the object's lock. */
export interface Intent {
  readonly operation: 'create' | 'adopt' | 'update' | 'enable' | 'disable' | 'delete';
  readonly userName: string | null;
  /**
   * A create under a name of which Zoom was not asked: its domain's accounts come out active at once. Where Zoom then
   * keeps the name for an invitation or another account, it is a stranger's.
   */
  readonly assumedFree?: true;
  readonly targetId: string | null;
  readonly token: string;
  readonly until: string;
  /** Id of the log record, so that a replay writes the same one. */
  readonly recordId: string;
  /** The pending touch that this intent answers. */
  readonly touch: number;
}

/** The last evaluation and the page it used. */
export interface Evaluation {
  /** When the source page or read that it used was requested. */
  readonly readAt: string;
  readonly schemaVersion: string;
  readonly cycleId: string | null;
  /** The users round in which it happened, null outside one. */
  readonly round: number | null;
  readonly outcome: string;
  readonly inScope: boolean;
  readonly managerId: string | null;
}

/** The removal in force on the account: what was done, why and what is still due. */
export interface RemovalState {
  readonly trigger: RemovalTrigger;
  readonly since: string;
  readonly due: string | null;
}

/** Everything known of one source object: one row. */
export interface ObjectRow {
  readonly id: string;
  readonly type: ObjectType;
  readonly link: Link | null;
  readonly pending: Pending | null;
  readonly staged: Staged | null;
  readonly intent: Intent | null;
  readonly eval: Evaluation | null;
  readonly removal: RemovalState | null;
  /** Parent id (`app` or a group) to the roles on that edge. */
  readonly via: Readonly<Record<string, Via>>;
  readonly wantedBy: readonly string[];
  /** In the recycle bin, or gone for good, since. */
  readonly gone: { readonly reason: 'changed' | 'deleted'; readonly since: string } | null;
  /** Groups only: what is known of the group itself. */
  readonly group: GroupFacts | null;
  /** What the memberships in Zoom were compared with last; null where there are none. */
  readonly members: NotedMembers | null;
}

/** Of a user: its groups, and the account that is in them. Of a group: the one in Zoom. */
export interface NotedMembers {
  readonly groups: readonly string[];
  readonly account: string | null;
}

export interface GroupFacts {
  readonly displayName: string | null;
  readonly securityEnabled: boolean | null;
  /** What the mapping of groups reads, as the stream told it last; absent where groups are not mapped. */
  readonly attributes?: Attributes;
  /** What the group gave its members when all of them were last made pending for it; absent: they never were. */
  readonly reach?: string;
  /** The round of its stream that told of its state last. */
  readonly toldIn?: number;
}

/** A row nobody has written yet. */
export const emptyRow = (id: string, type: ObjectType): ObjectRow => ({
  id,
  type,
  link: null,
  pending: null,
  staged: null,
  intent: null,
  eval: null,
  removal: null,
  via: {},
  wantedBy: [],
  gone: null,
  group: null,
  members: null,
});

/** An edge seen from above. */
export interface Edge {
  readonly parent: string;
  readonly child: string;
  readonly childType: ObjectType;
  readonly role: string;
  /** The round of the parent's stream, or of the assignment list, that saw it last. */
  readonly round: number;
  readonly missingSince: string | null;
}
