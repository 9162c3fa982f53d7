import type { FaultSelector, Fault as GraphFault } from '../../lib/sandbox/graph/faults/model.js';
import type { Nesting } from '../../lib/sandbox/oracle/readTenant.js';
import type { Fault as ZoomFault } from '../../lib/sandbox/zoom/faults.js';
import type { KillPoint } from '../fakes/killSwitch.js';

type RoleName = 'licensed' | 'basic';

export interface JoinStep {
  readonly kind: 'join';
  readonly name: number;
  readonly how: 'assigned' | 'inGroup' | 'both' | 'stranger';
  readonly role: RoleName;
  readonly isGuest: boolean;
  readonly group: number;
}

/** What happens to a group. */
export type GroupStep =
  | { readonly kind: 'assignGroup'; readonly group: number; readonly role: RoleName }
  | { readonly kind: 'unassignGroup' | 'deleteGroup' | 'restoreGroup' | 'purgeGroup'; readonly group: number }
  /** A group becomes a member of another, or is one no longer. */
  | { readonly kind: 'nest' | 'unnest'; readonly group: number; readonly into: number }
  | { readonly kind: 'renameGroup'; readonly group: number; readonly name: number };

/** What happens to somebody in the recycle bin. */
export interface DeletedStep {
  readonly kind: 'restore' | 'purge' | 'recreate';
  readonly who: number;
}

/** What happens to somebody who is there. */
export type LiveStep =
  | { readonly kind: 'rename' | 'handOver'; readonly who: number; readonly name: number }
  | { readonly kind: 'move'; readonly who: number; readonly department: number }
  | { readonly kind: 'swap' | 'manage'; readonly who: number; readonly other: number }
  | { readonly kind: 'changeRole' | 'assign'; readonly who: number; readonly role: RoleName }
  | { readonly kind: 'block' | 'unblock' | 'delete' | 'unassign'; readonly who: number }
  | { readonly kind: 'enter' | 'leave'; readonly who: number; readonly group: number };

export type TenantStep = JoinStep | GroupStep | DeletedStep | LiveStep;

/** What happens around the tenant. */
export type OtherStep =
  | { readonly kind: 'accept'; readonly who: number }
  | { readonly kind: 'graphFault'; readonly fault: GraphFault; readonly selector: FaultSelector }
  | { readonly kind: 'zoomFault'; readonly fault: ZoomFault }
  /** The list of assignments leaves out one of its principals, so many times. Only once in a history. */
  | { readonly kind: 'lie'; readonly who: number; readonly times: number }
  /** Somebody asks for a person on demand, perhaps while a cycle runs, and the process that answers may die of it. */
  | { readonly kind: 'demand'; readonly who: number; readonly kill: KillPoint | null; readonly isBesideCycle: boolean }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'lateMessage'; readonly message: number }
  | {
      readonly kind: 'cycle';
      readonly asked: 'initial' | 'reconcile' | null;
      readonly kills: readonly KillPoint[];
      readonly isTwice: boolean;
    };

/** One thing that happens. `who` and `group` choose among those to whom it can happen; with nobody there it does not. */
export type Step = TenantStep | OtherStep;

/** What the services leave open, drawn once for a history. */
export interface Weather {
  readonly seed: number;
  /** Graph answers reads from replicas that lag. */
  readonly isLagging: boolean;
  readonly softDeletedAssignments: 'hidden' | 'shown';
  readonly softDeletedEdgesInInitial: boolean;
  readonly groupDeletion: 'changed' | 'deleted';
  readonly nesting: Nesting;
  /** Which of the drawn schemas the job has. */
  readonly schema: number;
}

/** A history as it is drawn: what the world is like, and what happens one after the other. */
export interface Plot {
  readonly weather: Weather;
  /** Who is there before anything happens. */
  readonly staff: readonly JoinStep[];
  readonly steps: readonly Step[];
}
