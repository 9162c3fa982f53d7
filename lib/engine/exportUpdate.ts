import { notActivated } from './faults.js';
import { addUnshown, compareAnswer, linkOf } from './linkOf.js';
import type { Decision, Fault, TargetAccount, Values } from './model.js';
import type { Effect } from './outcome.js';
import { takeOwnership } from './ownership.js';
import type { WriteResult } from './ports.js';
import { readBack } from './readBack.js';
import type { Link } from './stored.js';
import type { Attempt, ExportContext, ExportTask } from './task.js';

type Update = Extract<Decision, { kind: 'update' }>;

/** Adopts where needed (claim before any write), enables, then sends the differences. */
export const updateAccount = async (
  task: ExportTask,
  decision: Update,
  context: ExportContext,
  signal: AbortSignal,
): Promise<Attempt> => {
  const { world } = context;
  const { row } = task.assessment.subject.stored;
  if (decision.adopt) {
    const owned = await takeOwnership(context, decision.targetId, row.id);
    if (owned.kind === 'fault') return { kind: 'done', effect: { kind: 'failed', fault: owned.fault } };
  }
  let account = 'account' in task.match ? task.match.account : null;
  const changed = valuesOf(decision);
  if (decision.enable) {
    const enabled = await world.target.setUserActive(decision.targetId, true, signal);
    if (enabled.kind !== 'stored') return afterRefusal(task, decision, enabled, false, context);
    account = enabled.account;
    if (account?.active === false) return notEnabled(task, decision, context);
  }
  const isChanged = Object.keys(changed).length > 0;
  if (isChanged) {
    const updated = await world.target.updateUser(decision.targetId, changed, signal);
    if (updated.kind !== 'stored')
      return afterRefusal(task, decision, updated, account?.active ?? decision.enable, context);
    account = updated.account;
  }
  if (decision.enable || isChanged) {
    const seen = await readBack(account, world.target, decision.targetId, signal);
    if (decision.enable && seen.kind === 'fault') return unseen(task, decision, seen.fault, context);
    account = seen.kind === 'found' ? seen.account : null;
  }
  if (decision.enable && account?.active === false) return notEnabled(task, decision, context);
  return { kind: 'done', effect: exported(task, decision, changed, account, context) };
};

const valuesOf = (decision: Update): Values =>
  Object.fromEntries(decision.changes.map((change) => [change.path, change.new]));

/** An account that is gone is matched anew: its person may have a new one. */
const afterRefusal = (
  task: ExportTask,
  decision: Update,
  result: Exclude<WriteResult, { kind: 'stored' }>,
  isActive: boolean,
  context: ExportContext,
): Attempt => {
  const { link } = task.assessment.subject.stored.row;
  if (result.kind === 'notBelonging' && link?.invited) {
    const detail = 'the person has not accepted the invitation yet';
    return { kind: 'done', effect: { kind: 'skipped', reason: 'Invited', detail } };
  }
  if ((result.kind === 'gone' || result.kind === 'notBelonging') && !decision.adopt) {
    return { kind: 'rematch', match: { kind: 'vanished', targetId: decision.targetId }, recovered: false };
  }
  const halfDone = linkOfHalfDone(task, decision, isActive, context);
  return { kind: 'done', effect: { kind: 'failed', fault: result.fault, ...(halfDone ? { link: halfDone } : {}) } };
};

const notEnabled = (task: ExportTask, decision: Update, context: ExportContext): Attempt => {
  const halfDone = linkOfHalfDone(task, decision, false, context);
  return { kind: 'done', effect: { kind: 'failed', fault: notActivated, ...(halfDone ? { link: halfDone } : {}) } };
};

/** Nobody saw whether the account is active now: it is looked at again before anything else. */
const unseen = (task: ExportTask, decision: Update, fault: Fault, context: ExportContext): Attempt => {
  const halfDone = linkOfHalfDone(task, decision, true, context);
  const effect = { kind: 'failed', fault: { ...fault, outcomeUnknown: true } } as const;
  return { kind: 'done', effect: halfDone ? { ...effect, link: halfDone } : effect };
};

/**
 * What came before the failed request stands: the account is claimed, or enabled. It is linked as such, so that a person
 * who now leaves scope does not keep it, and everything is asked anew.
 */
const linkOfHalfDone = (
  task: ExportTask,
  decision: Update,
  isActive: boolean,
  { mapping, world }: ExportContext,
): Link | null => {
  const before = decision.adopt ? null : task.assessment.subject.stored.row.link;
  if (!decision.adopt && !(decision.enable && isActive)) return null;
  const link = linkOf({
    targetId: decision.targetId,
    origin: before?.origin ?? (task.recovered ? 'created' : 'adopted'),
    invited: before?.invited ?? false,
    asked: {},
    held: before?.held ?? {},
    unshown: before?.unshown ?? [],
    schemaVersion: mapping.schemaVersion,
    nowMs: world.clock.nowMs(),
    since: before?.since,
  });
  return isActive ? link : { ...link, state: 'disabled' };
};

const exported = (
  task: ExportTask,
  decision: Update,
  changed: Values,
  account: TargetAccount | null,
  context: ExportContext,
): Effect => {
  const { mapping, world } = context;
  const before = decision.adopt ? null : task.assessment.subject.stored.row.link;
  // An adopted account holds the unchanged values already: they count as asked, so that nothing is sent twice.
  const asked = { ...before?.asked, ...decision.wanted };
  const compared = decision.adopt || Object.keys(changed).length === 0 ? decision.wanted : changed;
  const { held, unapplied, unshown } = compareAnswer(
    compared,
    account,
    { ...before?.held, ...(decision.enable ? decision.wanted : {}) },
    mapping,
  );
  const link = linkOf({
    targetId: decision.targetId,
    origin: before?.origin ?? (task.recovered ? 'created' : 'adopted'),
    invited: false,
    asked,
    held,
    unshown: addUnshown(before, compared, unshown),
    schemaVersion: mapping.schemaVersion,
    nowMs: world.clock.nowMs(),
    since: before?.since,
  });
  return { kind: 'exported', operation: operationOf(task, decision), link, unapplied };
};

const operationOf = (task: ExportTask, decision: Update): Extract<Effect, { kind: 'exported' }>['operation'] => {
  if (decision.adopt) return task.recovered ? 'create' : 'adopt';
  const wasDisabled = task.assessment.subject.stored.row.link?.state === 'disabled';
  return decision.enable || wasDisabled ? 'enable' : 'update';
};
