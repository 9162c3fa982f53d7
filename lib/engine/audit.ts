import type { LogPage, LogRange } from './logReading.js';

/** Microsoft's names of configuration changes, and ours beside them for what Graph has no activity of. */
export type AuditActivity =
  | 'Update provisioning setting or credentials'
  | 'Enable/start provisioning configuration'
  | 'Disable/pause provisioning configuration'
  | 'Enable/restart provisioning configuration'
  | 'Update attribute mappings or scope'
  | 'Run provisioning cycle'
  | 'Release staged removals'
  | 'Reject staged removals'
  | 'Delete provisioning configuration';

/** Who asked: the token's object id and application. */
export interface AuditActor {
  readonly objectId: string;
  readonly applicationId: string | null;
  /** A person through an application, or an application of its own; absent where that is not known. */
  readonly kind?: 'user' | 'application';
}

/** A changed setting. Values are shown as text; a secret's never stands here. */
export interface AuditChange {
  readonly name: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** One configuration change: who, what, when. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly activity: AuditActivity;
  readonly actor: AuditActor;
  readonly result: 'success' | 'failure';
  /** Why it failed, or what the caller was warned of. */
  readonly reason: string | null;
  readonly changes: readonly AuditChange[];
}

/** Where configuration changes are kept, beside the provisioning log. */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
  /** One reading of bounded work; at most `limit` entries. */
  read(range: LogRange, limit: number): Promise<LogPage<AuditEntry>>;
  /** Removes the entries from before this instant. */
  dropBefore(instantMs: number): Promise<void>;
}
