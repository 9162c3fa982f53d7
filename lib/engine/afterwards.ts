import { hasUnconfirmedEdge } from './doubtfulEdges.js';
import { escrow, escrowRemoval, recheckDelayMs } from './escrow.js';
import { mustExpand } from './groups/groupMarks.js';
import type { Effect, Outcome } from './outcome.js';
import { doubtsManager, managerIdOf } from './referencePaths.js';
import { isKnown } from './rows.js';
import {
  type Evaluation,
  emptyRow,
  type Intent,
  type Link,
  type ObjectRow,
  type Pending,
  type Staged,
} from './stored.js';

export interface AfterwardsContext {
  readonly cycleId: string;
  readonly schemaVersion: string;
  readonly intervalMs: number;
  readonly nowMs: number;
  /** What stays of an earlier request of which nobody knows what it did. */
  readonly intent: Intent | null;
  /** On demand: what was read may come from a replica that lags, and no feed will tell it again. */
  readonly looksOnceMore?: boolean;
}

/**
 * The object's row after an outcome. `touch`: the pending touch that was evaluated; a newer one survives.
 * Every evaluation that does not end in removal clears what is staged.
 */
export const rowAfter = (row: ObjectRow, outcome: Outcome, touch: number, context: AfterwardsContext): ObjectRow => {
  const { effect, assessment } = outcome;
  if (effect.kind === 'deferred') return leaveForLater(row, context);
  const touchedSince = row.pending !== null && row.pending.touch > touch;
  const removal = removalAfter(row, outcome, context);
  const after: ObjectRow = {
    ...row,
    intent: context.intent,
    link: linkAfter(row.link, effect),
    eval: evaluationOf(outcome, context),
    pending: touchedSince
      ? row.pending
      : (pendingAfter(row.pending, outcome, context) ??
        markOfNextCycle(row, outcome, context) ??
        markOfDueRemoval(removal, row, context.nowMs)),
    staged: stagedAfter(row.staged, outcome, context),
    removal,
    gone: goneAfter(row, outcome, context),
    // Of a group the list of assignments tells, also when it is gone.
    via: assessment.subject.life === 'hardDeleted' && row.type === 'user' ? {} : row.via,
  };
  // Of people without a path to the application and without an account nothing is kept.
  const { scope, subject } = assessment;
  const isStranger = (subject.life !== 'live' || scope.triggers.includes('unassigned')) && !isKnown(after);
  return isStranger ? emptyRow(row.id, row.type) : after;
};

/** Nothing was sent: the mark that the intent had set to its own end is due at once. */
const leaveForLater = (row: ObjectRow, context: AfterwardsContext): ObjectRow => ({
  ...row,
  intent: context.intent,
  pending: row.pending && {
    ...row.pending,
    reason: reasonOfLeft(row.pending, row),
    due: new Date(context.nowMs).toISOString(),
  },
});

/** A group whose members somebody wants looked at stays marked for that. */
const reasonOfLeft = (pending: Pending, { type }: ObjectRow): Pending['reason'] =>
  type === 'group' && mustExpand(pending) ? pending.reason : 'left';

/** The object's link after an effect. */
export const linkAfter = (before: Link | null, effect: Effect): Link | null => {
  switch (effect.kind) {
    case 'exported':
    case 'removed':
      return effect.link;
    case 'failed':
      return effect.link ?? before;
    default:
      return before;
  }
};

const evaluationOf = ({ assessment, effect }: Outcome, context: AfterwardsContext): Evaluation => ({
  readAt: assessment.subject.readAt,
  schemaVersion: context.schemaVersion,
  cycleId: context.cycleId,
  round: assessment.subject.round,
  outcome: effect.kind === 'skipped' ? effect.reason : effect.kind === 'failed' ? effect.fault.code : effect.kind,
  inScope: assessment.scope.verdict === 'in',
  managerId: managerIdOf(assessment.subject),
});

const pendingAfter = (before: Pending | null, outcome: Outcome, context: AfterwardsContext): Pending | null => {
  const { effect, decision } = outcome;
  const wasStaged = outcome.assessment.subject.stored.row.staged !== null;
  if (effect.kind === 'failed') {
    const mark = decision.kind === 'remove' ? escrowRemoval : escrow;
    return mark(before, effect.fault, context.nowMs, context.intervalMs);
  }
  // A removal that failed before keeps its attempts until it is carried out; an update that failed is no reason to wait.
  if (effect.kind === 'staged') return wasStaged && before?.fault ? before : null;
  const settled = lookAgain(outcome, context);
  if (effect.kind === 'exported') return effect.link.invited ? recheck(before, context) : settled;
  if (effect.kind !== 'skipped') return null;
  switch (effect.reason) {
    case 'ScopeUnknown':
    case 'NotVisibleYet':
    case 'PendingOrForeign':
    case 'Invited':
      return recheck(before, context);
    default:
      return settled;
  }
};

/** Replicas of the directory lag behind its feeds, by minutes at most (Graph, eventual consistency). */
const replicaLagMs = 10 * 60 * 1000;

/**
 * A row of the feed that was not applied but read anew: the feed will not tell again, and that read may have been
 * answered by a replica that lags. Read soon after, it is read once more in the next cycle.
 */
const lookAgain = ({ assessment }: Outcome, context: AfterwardsContext): Pending | null => {
  const { round, stored } = assessment.subject;
  const mark = stored.row.pending;
  const isFromFeed = mark?.reason === 'seen' || mark?.reason === 'left';
  if (mark && doubtsManager(assessment.subject)) return readOnceMore(mark, context);
  if (!mark || !isFromFeed || round !== null || context.nowMs - mark.touch >= replicaLagMs) return null;
  return readOnceMore(mark, context);
};

const readOnceMore = (mark: Pending, { nowMs }: AfterwardsContext): Pending => ({
  ...mark,
  reason: 'seen',
  due: new Date(nowMs + 1).toISOString(),
  attempts: 0,
  fault: null,
});

/** What may change without any feed telling: an invitation is accepted in Zoom. */
const recheck = (before: Pending | null, context: AfterwardsContext): Pending => {
  const attempts = (before?.attempts ?? 0) + 1;
  return {
    reason: 'unknown',
    due: new Date(context.nowMs + 1 + recheckDelayMs(attempts, context.intervalMs)).toISOString(),
    touch: before?.touch ?? 0,
    attempts,
    firstFailureAt: before?.firstFailureAt ?? null,
    fault: null,
  };
};

/** What a person asked for is looked at once more in the next cycle, which finds nothing to do where all is well. */
const markOfNextCycle = (row: ObjectRow, { effect }: Outcome, context: AfterwardsContext): Pending | null =>
  (context.looksOnceMore === true || hasUnconfirmedEdge(row)) &&
  (row.pending !== null || row.link !== null || effect.kind === 'exported' || Object.keys(row.via).length > 0)
    ? {
        reason: 'seen',
        due: new Date(context.nowMs + 1).toISOString(),
        touch: row.pending?.touch ?? 0,
        attempts: 0,
        firstFailureAt: null,
        fault: null,
      }
    : null;

const stagedAfter = (before: Staged | null, outcome: Outcome, context: AfterwardsContext): Staged | null => {
  const { effect, decision, assessment } = outcome;
  // The last members of a group wait for a person: the group itself says nothing about that.
  if (assessment.subject.stored.row.type === 'group' && before?.removal === 'disable' && effect.kind !== 'staged')
    return before;
  // Where the object could not be evaluated, nothing was said for it either.
  if (effect.kind === 'skipped' && (effect.reason === 'ScopeUnknown' || effect.reason === 'NotVisibleYet'))
    return before;
  const isUnread = assessment.subject.readFault !== null || assessment.barred?.kind === 'filterFailed';
  if (effect.kind === 'failed' && (decision.kind === 'remove' || isUnread)) return before;
  if (effect.kind !== 'staged' || decision.kind !== 'remove') return null;
  const deletes = assessment.removal?.rule.kind === 'delete' && assessment.removal.rule.afterMs === 0;
  return {
    trigger: decision.trigger,
    removal: deletes ? 'delete' : 'disable',
    since: before?.since ?? new Date(context.nowMs).toISOString(),
    cycleId: before?.cycleId ?? context.cycleId,
    state: before?.state ?? 'staged',
    incident: before?.incident ?? null,
    provenByRow: assessment.subject.provenByRow || (before?.provenByRow ?? false),
    contradictedIn: null,
    release: before?.release ?? null,
  };
};

const removalAfter = (row: ObjectRow, outcome: Outcome, context: AfterwardsContext): ObjectRow['removal'] => {
  const { assessment, effect } = outcome;
  if (assessment.scope.verdict === 'unknown') return row.removal;
  const { removal } = assessment;
  if (removal === null && assessment.scope.verdict === 'in' && effect.kind !== 'removed') return null;
  if (!removal || !takesEffect(row, outcome)) return row.removal;
  const { trigger, rule } = removal;
  const dueMs = rule.kind === 'delete' && rule.afterMs > 0 ? context.nowMs + rule.afterMs : null;
  return {
    trigger,
    since: new Date(context.nowMs).toISOString(),
    due: dueMs === null ? null : new Date(dueMs).toISOString(),
  };
};

/** Something was removed, or the account was disabled already and another trigger now asks for more or for less. */
const takesEffect = (row: ObjectRow, { effect, assessment }: Outcome): boolean =>
  effect.kind === 'removed' ||
  (effect.kind === 'skipped' && isWithoutAccess(row) && row.removal?.trigger !== assessment.removal?.trigger);

/** A group that is to be deleted on some day is left alone until then: that is all that is taken from it before. */
const isWithoutAccess = ({ type, link }: ObjectRow): boolean =>
  link?.state === 'disabled' || (type === 'group' && link !== null);

/** A disabled account that is to be deleted on some day is looked at again on that day. */
const markOfDueRemoval = (removal: ObjectRow['removal'], row: ObjectRow, nowMs: number): Pending | null =>
  removal === null || removal.due === null || Date.parse(removal.due) <= nowMs || row.link === null
    ? null
    : {
        reason: 'left',
        due: removal.due,
        touch: row.pending?.touch ?? 0,
        attempts: 0,
        firstFailureAt: null,
        fault: null,
      };

const goneAfter = (row: ObjectRow, { assessment }: Outcome, context: AfterwardsContext): ObjectRow['gone'] => {
  // Its stream alone tells of a group, and while it is gone its edges grant nothing.
  if (row.type === 'group') return row.gone;
  const { life, source } = assessment.subject;
  if (life === 'live') return source ? null : row.gone;
  // An account may still turn up that an earlier request made: then it is a leaver's.
  if (life === 'hardDeleted' && !row.link && !context.intent) return null;
  const reason = life === 'softDeleted' ? 'changed' : 'deleted';
  return row.gone?.reason === reason ? row.gone : { reason, since: new Date(context.nowMs).toISOString() };
};
