import type { CompiledMapping } from '../mapping/compiled.js';
import type { Change, JsonValue, TargetAccount, Values } from './model.js';
import type { Link } from './stored.js';

/** Zoom's answer beside what was asked. */
export interface AnswerComparison {
  readonly held: Values;
  readonly unapplied: readonly Change[];
  /** Asked for, and absent from an answer that shows everything. */
  readonly unshown: readonly string[];
}

/**
 * Success is what the target holds, not its status. What an answer does not show at all says nothing (write-only
 * attributes are never echoed); a different value means that it was not applied.
 */
export const compareAnswer = (
  asked: Values,
  account: TargetAccount | null,
  before: Values,
  mapping: CompiledMapping,
): AnswerComparison => {
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
  const unshown = account?.complete ? Object.keys(asked).filter((path) => isMissing(asked[path], shown[path])) : [];
  const unapplied = mapping.findDifferences(asked, (path) => shown[path] ?? asked[path]);
  return { held, unapplied, unshown };
};

const isMissing = (asked: JsonValue | undefined, shown: JsonValue | undefined): boolean =>
  shown === undefined && asked !== null && asked !== '';

/** With what earlier answers left open, save of what was asked now. */
export const addUnshown = (before: Link | null, asked: Values, now: readonly string[]): readonly string[] => [
  ...(before?.unshown ?? []).filter((path) => asked[path] === undefined),
  ...now,
];

export const linkOf = (
  fields: Pick<Link, 'targetId' | 'origin' | 'invited' | 'asked' | 'held'> & {
    readonly schemaVersion: string;
    readonly nowMs: number;
    readonly since?: string | undefined;
    readonly unshown?: readonly string[];
  },
): Link => ({
  targetId: fields.targetId,
  state: 'active',
  origin: fields.origin,
  invited: fields.invited,
  asked: fields.asked,
  held: fields.held,
  ...(fields.unshown?.length ? { unshown: fields.unshown } : {}),
  schemaVersion: fields.schemaVersion,
  since: fields.since ?? new Date(fields.nowMs).toISOString(),
});
