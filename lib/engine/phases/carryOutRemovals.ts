import pLimit from 'p-limit';
import { countOutcomes } from '../countOutcomes.js';
import { removeAccount } from '../exportRemoval.js';
import { unexpectedFault } from '../faults.js';
import { assessStagedGroups } from '../groups/assessStagedGroups.js';
import { isIntentLive, type Locked, writeIntents } from '../intents.js';
import { withManagers } from '../managers.js';
import { FaultError } from '../model.js';
import type { Effect, Outcome } from '../outcome.js';
import { countKey } from '../outcome.js';
import { deferWaits, deferWhileDown } from '../provision.js';
import type { ProvisionContext } from '../provisionContext.js';
import { removalOperation } from '../removalPolicy.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Staged } from '../stored.js';
import { storeOutcomes } from '../storeOutcomes.js';
import { asksForRemoval, assess, type Subject } from '../subject.js';
import { tellOutcomes } from '../tellOutcomes.js';
import { findPaths, noPaths, readNesting, withoutNesting } from './freshPaths.js';
import { readFreshAssignments, withFreshEdges } from './freshScope.js';
import { keepContradicted, type Reassessed } from './keepContradicted.js';
import { readSubjects } from './pointReads.js';

/**
 * Carries out staged removals, each evaluated from fresh reads immediately before: the assignment list, the user and its
 * direct memberships. Where they speak for the user, nothing is done in this cycle; where they still do so in a later
 * one, the removal is dropped. False: the worker had to stop before all were done.
 */
export const carryOutRemovals = async (ids: readonly string[], slice: Slice): Promise<boolean> => {
  const { state, clock } = slice.world;
  const rows = await state.objects.read(ids);
  const nowMs = clock.nowMs();
  const waiting = [...rows.values()].filter(({ row }) => row.staged && mayGo(row.staged) && !isWaiting(row, nowMs));
  const users = waiting.filter(({ row }) => row.type === 'user');
  // What stands for a group's last members is the business of its members.
  const groups = waiting.filter(({ row }) => row.type === 'group' && row.staged?.removal === 'delete');
  const ofUsers = users.length === 0 || (await carryOutDue(await assessAnew(users, slice), slice));
  const ofGroups =
    groups.length === 0 ||
    slice.groupMapping === null ||
    (await carryOutDue(await assessStagedGroups(groups, slice.groupMapping, slice), slice));
  return ofUsers && ofGroups;
};

const carryOutDue = async (
  { due, context }: { readonly due: readonly Reassessed[]; readonly context: ProvisionContext },
  slice: Slice,
): Promise<boolean> => {
  const removable = due.filter(({ assessment }) => asksForRemoval(assessment));
  await keepContradicted(
    due.filter(({ assessment }) => !asksForRemoval(assessment)),
    slice,
  );
  return disableOrDelete(removable, context, slice);
};

const mayGo = ({ state }: Staged): boolean => state === 'staged' || state === 'released';

const isWaiting = (row: StoredObject['row'], nowMs: number): boolean =>
  isIntentLive(row.intent, nowMs) || (row.pending?.fault != null && Date.parse(row.pending.due) > nowMs);

const assessAnew = async (rows: readonly StoredObject[], slice: Slice) => {
  const isAssignedScope = slice.settings.scopeMode === 'assigned';
  const ids = rows.map(({ row }) => row.id);
  const fresh = isAssignedScope
    ? await readFreshAssignments(new Set(ids), slice)
    : { userRoles: new Map(), groupRoles: new Map(), isEmpty: true };
  const memberOf = isAssignedScope
    ? await slice.world.directory.readMemberships(ids, slice.signal)
    : new Map<string, readonly string[]>();
  const subjects = await readSubjects(rows, slice);
  const directGroups = new Set([...memberOf.values()].flat());
  const nesting = slice.settings.nestedGroups ? await readNesting(directGroups, slice) : withoutNesting(directGroups);
  const paths = rows.map(({ row }) => findPaths(memberOf.get(row.id) ?? [], fresh, nesting));
  const withEdges = rows.map((stored, index) => withFreshEdges(stored, fresh, paths[index] ?? noPaths));
  const base = await slice.provisionContext(withEdges);
  // A group whose assignment was missing for a while is no longer on record: what was read now counts.
  const groups = new Map(
    paths
      .flatMap(({ groupRoles }) => [...groupRoles])
      .map(([id, roleIds]) => [
        id,
        { ...(base.scene.groups.get(id) ?? unknownGroup), roleIds, isMissing: false, ready: true },
      ]),
  );
  const context: ProvisionContext = { ...base, scene: { ...base.scene, groups, pathsIncomplete: false } };
  const due = subjects.flatMap((subject, index): Reassessed[] => {
    const [edges, ways] = [withEdges[index], paths[index]];
    if (!edges || !ways || subject.readFault || isUnconfirmed(subject, memberOf, isAssignedScope)) return [];
    const assessed = assess({ ...subject, stored: edges }, context.scene);
    // A way that leads over a group which cannot be seen may lead to the application.
    if (assessed.barred || (ways.isIncomplete && subject.life === 'live' && asksForRemoval(assessed))) return [];
    return [{ assessment: { ...assessed, subject }, fresh: edges, paths: ways }];
  });
  return { due, context };
};

const unknownGroup = { displayName: null, gone: false, securityEnabled: null };

/** A user that is not on record as deleted and cannot be seen now: nothing was read that confirms a removal. */
const isUnconfirmed = (
  { life, source, stored }: Subject,
  memberOf: ReadonlyMap<string, readonly string[]>,
  isAssignedScope: boolean,
): boolean => life === 'live' && (source === null || (isAssignedScope && !memberOf.has(stored.row.id)));

const disableOrDelete = async (due: readonly Reassessed[], given: ProvisionContext, slice: Slice): Promise<boolean> => {
  const subjects = due.map(({ assessment }) => assessment.subject);
  // What is stored names the manager as it was read just now.
  const context = await withManagers(subjects, given);
  const locks = await writeIntents(
    due.map((one) => intentRequest(one, context)),
    slice.world,
  );
  const limit = pLimit(slice.settings.concurrency);
  const settled = await Promise.all(
    due.map((one) => limit(() => carryOut(one, locks.get(one.fresh.row.id), context, slice.signal))),
  );
  const outcomes = settled.map((outcome) => ({ ...outcome, effect: deferWhileDown(outcome.effect, context) }));
  await storeOutcomes(outcomes, locks, context);
  countOutcomes(outcomes, context.count);
  tellOutcomes(outcomes, slice.world.telemetry, slice.world.jobId);
  for (const { effect } of outcomes) {
    const key = countKey(effect);
    if (key) context.count(key, 1);
  }
  return slice.settle(outcomes);
};

const intentRequest = ({ assessment }: Reassessed, context: ProvisionContext) => ({
  stored: assessment.subject.stored,
  operation: removalOperation(assessment.removal),
  userName: null,
  targetId: assessment.subject.stored.row.link?.targetId ?? null,
  untilMs: context.world.clock.nowMs() + context.intentMs,
});

const carryOut = async (
  { assessment }: Reassessed,
  locked: Locked | undefined,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Outcome> => {
  const startedMs = context.world.clock.nowMs();
  const { link, intent: leftBehind } = assessment.subject.stored.row;
  const trigger = assessment.removal?.trigger ?? 'unassigned';
  const targetId = link?.targetId ?? '';
  const task = { targetId, trigger, operation: removalOperation(assessment.removal), isRepeated: leftBehind !== null };
  const effect: Effect =
    locked && link && context.maySend()
      ? await removeSafely(() => removeAccount(task, link, context, signal), signal)
      : { kind: 'deferred', retryAt: null };
  return {
    assessment,
    match: link ? { kind: 'linked', targetId, account: null } : null,
    decision: { kind: 'remove', targetId, trigger },
    effect: deferWaits(effect),
    changes: [],
    invalidAnchor: false,
    startedMs,
    endedMs: context.world.clock.nowMs(),
  };
};

const removeSafely = async (remove: () => Promise<Effect>, signal: AbortSignal): Promise<Effect> => {
  try {
    return await remove();
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: 'failed', fault: error instanceof FaultError ? error.fault : unexpectedFault(error) };
  }
};
