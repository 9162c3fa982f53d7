import type { CompiledMapping } from '../mapping/compiled.js';
import type { Change, JsonValue, TargetAccount, Values } from './model.js';
import type { Link } from './stored.js';

/** Zoom's answer beside what was asked. */
export interface Reconciled {
  readonly held: Values;
  readonly unapplied: readonly Change[];
}

/**
 * Success is what the target holds, not its status. What an answer does not show at all says nothing (write-only
 * attributes are never echoed); a different value means that it was not applied.
 */
export const reconcile = (
  asked: Values,
  account: TargetAccount | null,
  before: Values,
  mapping: CompiledMapping,
): Reconciled => {
  const held: Record<string, JsonValue> = { ...before };
  const shown: Record<string, JsonValue> = {};
  for (const path of Object.keys(asked)) {
    const value = account ? mapping.readTargetPath(account.resource, path) : undefined;
    if (value === undefined) {
      held[path] = asked[path] ?? null;
      continue;
    }
    held[path] = value;
    shown[path] = value;
  }
  const unapplied = mapping.findDifferences(asked, (path) => shown[path] ?? asked[path]);
  return { held, unapplied };
};

export const linkOf = (
  fields: Pick<Link, 'targetId' | 'origin' | 'invited' | 'asked' | 'held'> & {
    readonly schemaVersion: string;
    readonly nowMs: number;
    readonly since?: string | undefined;
  },
): Link => ({
  targetId: fields.targetId,
  state: 'active',
  origin: fields.origin,
  invited: fields.invited,
  asked: fields.asked,
  held: fields.held,
  schemaVersion: fields.schemaVersion,
  since: fields.since ?? new Date(fields.nowMs).toISOString(),
});
