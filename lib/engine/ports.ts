import type { AppRole } from '../expressions/attributes.js';
import type { AssignmentRow, Fault, MemberRow, SourceObject, TargetAccount, Values } from './model.js';

/** Where a stream goes on: `more` inside the round, `end` with the watermark that the next round starts from. */
export type Next =
  | { readonly kind: 'more'; readonly link: string }
  | { readonly kind: 'end'; readonly watermark: string };

/** One page of a delta stream; `resync`: the stored link is dead, enumerate anew. */
export type DeltaPage<Row> =
  | { readonly kind: 'page'; readonly rows: readonly Row[]; readonly next: Next }
  | { readonly kind: 'resync'; readonly reason: string };

/** `removed` with `deleted` is gone for good, with `changed` it is in the recycle bin (Graph, delta query). */
export type UserChange =
  | { readonly kind: 'present'; readonly object: SourceObject }
  | { readonly kind: 'removed'; readonly id: string; readonly reason: 'changed' | 'deleted' }
  | { readonly kind: 'unreadable'; readonly id: string; readonly fault: Fault };

export type GroupChange =
  | { readonly kind: 'present'; readonly object: SourceObject; readonly members: readonly MemberRow[] }
  | { readonly kind: 'removed'; readonly id: string; readonly reason: 'changed' | 'deleted' }
  | { readonly kind: 'unreadable'; readonly id: string; readonly fault: Fault };

/** `unseen` is a 404: a stale replica, a soft delete or gone. Never a leaver by itself. */
export type ReadResult =
  | { readonly kind: 'found'; readonly object: SourceObject }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** One page of a plain list. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/**
 * The source, read only. Links are opaque and come back verbatim. Every method throws `FaultError` when it could not
 * read; what is thrown has said nothing about anybody.
 */
export interface Directory {
  /** The application's roles by id. Throws with code `ServicePrincipalNotFound` where the application is gone. */
  readAppRoles(signal: AbortSignal): Promise<ReadonlyMap<string, AppRole>>;
  listAssignments(link: string | null, signal: AbortSignal): Promise<ListPage<AssignmentRow>>;
  /** `link: null` starts an enumeration with `select`; a link carries its own selection. */
  readUserChanges(link: string | null, select: readonly string[], signal: AbortSignal): Promise<DeltaPage<UserChange>>;
  /** At most 50 ids a stream; `link: null` starts an enumeration of just these groups. */
  readGroupChanges(
    link: string | null,
    groupIds: readonly string[],
    select: readonly string[],
    signal: AbortSignal,
  ): Promise<DeltaPage<GroupChange>>;
  /** Full objects, `$batch` of 20, with the manager's id. Every id asked for has an entry. */
  readUsers(
    ids: readonly string[],
    select: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ReadResult>>;
  /** Ids of the groups each user is a direct member of; a user that cannot be seen has no entry. */
  readMemberships(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Ids of the groups each group is a direct member of; a group that cannot be seen has no entry. */
  readGroupMemberships(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Ids of the living users whose userPrincipalName or mail this is, in any case. */
  findUsers(name: string, signal: AbortSignal): Promise<readonly string[]>;
  /** One page of a group's direct members; null where there is no such group. */
  listMembers(groupId: string, link: string | null, signal: AbortSignal): Promise<ListPage<MemberRow> | null>;
  /** Ids in the recycle bin. */
  listDeletedUsers(link: string | null, signal: AbortSignal): Promise<ListPage<string>>;
}

/** Several hits: two accounts for one value. pendingOrForeign: invited or in another Zoom account; the two look alike. */
export type FindResult =
  | { readonly kind: 'one'; readonly account: TargetAccount }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly targetIds: readonly string[] }
  | { readonly kind: 'pendingOrForeign' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** notBelonging: "not exist or not belong to this account", what an invited account's id answers too. */
export type GetResult =
  | { readonly kind: 'found'; readonly account: TargetAccount }
  | { readonly kind: 'gone' }
  | { readonly kind: 'notBelonging' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/**
 * What a write ended as. `stored` carries the account as the answer showed it, or null where the answer did not show
 * it. `conflict`: the e-mail is taken. `gone`: the id is unknown. A fault with `outcomeUnknown` may have been stored.
 */
export type WriteResult =
  | { readonly kind: 'stored'; readonly account: TargetAccount | null; readonly targetId: string }
  | { readonly kind: 'conflict'; readonly fault: Fault }
  | { readonly kind: 'gone'; readonly fault: Fault }
  | { readonly kind: 'notBelonging'; readonly fault: Fault }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** Members to add and to take out, at most a hundred each, by their ids in the target. */
export interface MemberChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  /** Somebody who stays in the group, where there is one: shows whether a removal takes out more than it names. */
  readonly witness?: string;
}

/**
 * The groups of the target, as accounts whose user name is the group's name. They know no state but being there. Results
 * are as those of accounts.
 */
export interface TargetGroups {
  findGroup(displayName: string, signal: AbortSignal): Promise<FindResult>;
  readGroup(targetId: string, signal: AbortSignal): Promise<GetResult>;
  /** Throws `FaultError` when the list could not be read. */
  listGroups(startIndex: number, signal: AbortSignal): Promise<TargetPage>;
  /** `conflict`: the name is taken, or the target does not like it. */
  createGroup(values: Values, signal: AbortSignal): Promise<WriteResult>;
  updateGroup(targetId: string, values: Values, signal: AbortSignal): Promise<WriteResult>;
  deleteGroup(targetId: string, signal: AbortSignal): Promise<WriteResult>;
  /** All of them or none, in one request each way. Safe to repeat. */
  changeMembers(targetId: string, change: MemberChange, signal: AbortSignal): Promise<WriteResult>;
}

/** One page of accounts. `next` is the index to ask for, null at the end. */
export interface TargetPage {
  readonly accounts: readonly TargetAccount[];
  readonly next: number | null;
  readonly total: number;
}

/**
 * The target. Dialect, pacing, token renewal and retries of what is safe to repeat live behind it; so does one write
 * at a time for each account. Throws only what aborts (the signal's reason); everything else is a result.
 */
export interface Target {
  /** The target's own check of what a user must have (a userName that is an e-mail address), before any request. */
  checkUserValues(values: Values): Fault | null;
  /** Looks an account up by a matching attribute that the target can filter on. */
  findUser(path: string, value: string, signal: AbortSignal): Promise<FindResult>;
  readUser(targetId: string, signal: AbortSignal): Promise<GetResult>;
  /** Throws `FaultError` when the list could not be read. */
  listUsers(startIndex: number, signal: AbortSignal): Promise<TargetPage>;
  /** Never repeated by itself: a lost answer is a fault with `outcomeUnknown`. */
  createUser(values: Values, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  /** Sends these values and no others; what is not named stays as it is. */
  updateUser(targetId: string, values: Values, signal: AbortSignal): Promise<WriteResult>;
  setUserActive(targetId: string, active: boolean, signal: AbortSignal): Promise<WriteResult>;
  deleteUser(targetId: string, signal: AbortSignal): Promise<WriteResult>;
  readonly groups: TargetGroups;
}

/** What a person should hear of. `incident` is stable, so that one incident is told once. */
export interface Notice {
  readonly incident: string;
  readonly jobId: string;
  readonly subject: string;
  readonly text: string;
  readonly fault: Fault | null;
  /** ISO instant. */
  readonly since?: string;
  /** How many people it concerns. */
  readonly people?: number;
  /** What to do, where no fault says it. */
  readonly action?: string;
  /** Where a person looks or acts: below the job's address; default the job itself. */
  readonly place?: 'stagedRemovals' | 'escrows' | 'drift';
  /** `info`: something is over, nobody needs to act. Default `error`. */
  readonly level?: 'error' | 'warning' | 'info';
}

export interface Notifier {
  /** Must not throw: who cannot be told is logged. */
  notify(notice: Notice, signal: AbortSignal): Promise<void>;
}

/** The one fixed set of keys that logs and metrics may carry; values never stand in message texts. */
export interface EventKeys {
  readonly jobId?: string;
  readonly cycleId?: string;
  readonly slice?: number;
  readonly phase?: string;
  readonly objectId?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly code?: string;
  /** Kind of incident. */
  readonly family?: string;
  readonly service?: string;
  readonly status?: number;
  readonly method?: string;
  /** A template, never a path with ids. */
  readonly path?: string;
  readonly durationMs?: number;
  readonly intervalMs?: number;
  readonly count?: number;
  readonly graphRequests?: number;
  readonly zoomRequests?: number;
  readonly exports?: number;
  readonly failures?: number;
  readonly requestId?: string;
}

export interface Telemetry {
  event(level: 'info' | 'warning' | 'error', name: string, keys: EventKeys): void;
  count(name: string, by: number, keys: EventKeys): void;
}

/** A piece of work as a trace shows it. */
export interface Span {
  /** What the work begins belongs to this span. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** With a `code` it counts as failed. */
  end(keys?: EventKeys): void;
}

export interface Tracer {
  /**
   * A slice: part of its cycle, whoever ran the others. `traceparent` (W3C) is what its message carried; without one the
   * cycle is found by its id.
   */
  beginSlice(cycleId: string, traceparent: string | null, keys: EventKeys): Span;
  /** Part of the span that runs now. */
  beginPhase(keys: EventKeys): Span;
}
