import type { Attributes, AttributeValue } from '../expressions/attributes.js';
import type { JsonObject, JsonValue } from '../mapping/json.js';

export type ObjectType = 'user' | 'group';

/** A full source object without computed attributes. `managerId`: undefined means the feed said nothing about it. */
export interface SourceObject {
  readonly type: ObjectType;
  readonly id: string;
  readonly attributes: Attributes;
  readonly managerId?: string | null;
}

/** Target attribute path, as the schema writes it, to the value it is to hold or holds. */
export type Values = Readonly<Record<string, JsonValue>>;

/** A Zoom account as Zoom answered it. */
export interface TargetAccount {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  /** The SCIM resource; read attribute values from it with `readScimPath`. */
  readonly resource: JsonObject;
  /** False for a row of a list, where an absent attribute says nothing. */
  readonly complete: boolean;
}

/** Stands in the provisioning log for a value that it must not show (Entra's function `Redact`). */
export const redactedValue = '[Redact]';

/** One attribute that is to change; `old` is undefined where the target's value is not known. */
export interface Change {
  readonly path: string;
  readonly old: JsonValue | undefined;
  readonly new: JsonValue;
}

/** Live, in the recycle bin, or gone for good. */
export type Life = 'live' | 'softDeleted' | 'hardDeleted';

/** Why somebody loses the account: the policy and the guard are chosen by it. */
export type RemovalTrigger = 'unassigned' | 'filteredOut' | 'blocked' | 'softDeleted' | 'hardDeleted';
export type Removal = 'disable' | 'delete';

/** What one request was, for a fault that must name it. Never a header, body or query value. */
export interface RequestTrace {
  readonly service: 'graph' | 'zoom';
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly requestId: string | null;
}

/** A failure that says what an operator should do. `code` is stable; no text holds a token, secret or attribute value. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly recommendedAction: string;
  /** object: this object only. job: nothing can go on (credentials, single sign-on). source, target: the service is unwell. us: a defect. */
  readonly whose: 'object' | 'job' | 'source' | 'target' | 'us';
  /** onChange: no retry heals it until the object changes. */
  readonly retry: 'nextCycle' | 'onChange' | 'at';
  /** With `retry: 'at'`: not before this ISO instant. */
  readonly retryAt?: string;
  /** The request may have been carried out although no answer came. */
  readonly outcomeUnknown?: boolean;
  readonly request?: RequestTrace;
}

/** Thrown by a port that could not answer: it has said nothing about anybody. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  constructor(
    readonly fault: Fault,
    options?: ErrorOptions,
  ) {
    super(`${fault.code}: ${fault.message}`, options);
  }
}

/** One gate on the way into scope, with the value it saw. */
export interface Gate {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** `unknown`: the reads that could hold the object's path did not end complete, so scope may be granted but not taken away. */
export interface Scope {
  readonly verdict: 'in' | 'out' | 'unknown';
  readonly gates: readonly Gate[];
  /** Every trigger that a removal would have; empty while in scope or unknown. */
  readonly triggers: readonly RemovalTrigger[];
  readonly roleIds: readonly string[];
}

/** The answer to: which account is this object's? */
export type Match =
  | { readonly kind: 'linked'; readonly targetId: string; readonly account: TargetAccount | null }
  | { readonly kind: 'found'; readonly account: TargetAccount }
  | { readonly kind: 'vanished'; readonly targetId: string }
  /** `assumed`: nobody was asked, an initial listing does not have the name. */
  | { readonly kind: 'none'; readonly assumed?: true }
  | { readonly kind: 'several'; readonly targetIds: readonly string[] }
  /** Our own invitation, not accepted yet. */
  | { readonly kind: 'invited' }
  | { readonly kind: 'pendingOrForeign' }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** Reasons of a skip (Microsoft's codes; `entra-provisioning` 9.4) and ours beside them. */
export type SkipReason =
  | 'NotEffectivelyEntitled'
  | 'RedundantExport'
  | 'ScopingFilter'
  | 'ImportSkipped'
  | 'RequiredAttributeMissing'
  | 'EntrySynchronizationSkipped'
  | 'ScopeUnknown'
  | 'NotVisibleYet'
  | 'PendingOrForeign'
  | 'Invited'
  | 'GroupNotMapped';

/** Pure result of `decide`. It never says "stage": whether a removal waits is the executor's business. */
export type Decision =
  | { readonly kind: 'create'; readonly values: Values; readonly active: boolean }
  | {
      readonly kind: 'update';
      readonly targetId: string;
      readonly enable: boolean;
      readonly changes: readonly Change[];
      /** All that the account is to hold, changed or not. */
      readonly wanted: Values;
      /** The account stood in Zoom already and is taken over by this decision. */
      readonly adopt: boolean;
    }
  | { readonly kind: 'remove'; readonly targetId: string; readonly trigger: RemovalTrigger }
  | { readonly kind: 'skip'; readonly reason: SkipReason; readonly detail: string }
  | { readonly kind: 'fail'; readonly fault: Fault };

/** An app role assignment row: the edge `app → principal`. */
export interface AssignmentRow {
  readonly principalId: string;
  readonly principalType: ObjectType;
  readonly roleId: string;
}

/** A member of a group as the groups feed names it. Devices, contacts and service principals are `other`. */
export interface MemberRow {
  readonly id: string;
  readonly type: ObjectType | 'other';
  readonly removed: boolean;
}

export type { Attributes, AttributeValue, JsonObject, JsonValue };
