import { escrowDelayMs } from '../escrow.js';
import type { Fault } from '../model.js';
import type { Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';
import type { MemberVerdict } from './compareMember.js';
import { dropHeld, findWitness, judgeEmptying } from './emptyGroup.js';
import { touchGroup } from './groupMarks.js';
import { judgeMembers } from './judgeMembers.js';
import type { MemberMark, Membership } from './memberStore.js';
import { notedOf } from './notedMembers.js';
import { isTold, recordOfMembers } from './recordOfMembers.js';
import { membersPerRequest, type SentMembers, sendMembers } from './sendMembers.js';

type Change = Extract<MemberVerdict, { kind: 'add' | 'remove' }>;

/** What a look at a group came to. */
export interface MembersEnd {
  /** Something could not be sent now, and keeps its marks. */
  readonly isLeft: boolean;
  /** Its last members went. */
  readonly hasEmptied: boolean;
  /** From now on its last members wait for a person. */
  readonly isHeld: boolean;
}

const nothingDone: MembersEnd = { isLeft: false, hasEmptied: false, isHeld: false };

/**
 * Makes a group in Zoom hold whom it should, as far as these marks tell. What is about to be sent is noted before, so that
 * nobody is forgotten whose request had no answer. `hasMore`: other marks of the group follow, so that only full requests
 * are sent.
 */
export const settleMembers = async (
  groupId: string,
  marks: readonly MemberMark[],
  hasMore: boolean,
  slice: Slice,
): Promise<MembersEnd> => {
  const { members, objects } = slice.world.state;
  const startedMs = slice.world.clock.nowMs();
  const users = [...new Set(marks.flatMap(({ user }) => user ?? []))];
  const group = (await objects.read([groupId])).get(groupId)?.row;
  const groupTarget = (group && notedOf(group)?.account) ?? null;
  const judged = await judgeMembers(groupId, groupTarget, users, slice);
  const full = choose(judged.changes, hasMore);
  // A page of nothing but marks of these few people would come again for ever.
  const { adds, removes, kept } = full.kept.size === users.length ? choose(judged.changes, false) : full;
  const leaving = new Set([...removes.map(({ row }) => row.user), ...usersOutside(judged.changedRows)]);
  const witness =
    groupTarget === null || removes.length === 0
      ? undefined
      : await findWitness(groupId, groupTarget, adds, leaving, slice);
  const empties = groupTarget !== null && removes.length > 0 && witness === undefined;
  if (group && !empties) await dropHeld(group, slice);
  if (!group || groupTarget === null || adds.length + removes.length === 0) {
    await tell(group, { added: [], removed: [], failed: new Map(), waiting: judged.waiting }, startedMs, slice);
    await members.put(judged.changedRows);
    await members.removeMarks(marks.filter(({ user }) => user !== null && !kept.has(user)));
    return nothingDone;
  }
  const verdict = empties ? await judgeEmptying(group, slice) : 'go';
  const mayRemove = verdict === 'go';
  const sent = mayRemove ? [...adds, ...removes] : adds;
  const held = mayRemove ? [] : removes;
  await members.put(sent.map((change) => uncertain(change, groupTarget)));
  const added = await send(groupTarget, 'add', adds, undefined, slice);
  const removed = added.isGone || !mayRemove ? nothingSent : await send(groupTarget, 'remove', removes, witness, slice);
  if (added.isGone || removed.isGone) await noteGone(group, slice);
  const at = new Date(startedMs).toISOString();
  const ends = sent.map((change) => endOf(change, groupTarget, change.kind === 'add' ? added : removed, at));
  const failed = new Map(ends.flatMap(({ row, fault }) => (fault ? [[row.user, fault] as const] : [])));
  const done = (kind: Change['kind']) =>
    ends.flatMap(({ row, isDone, change }) => (isDone && change.kind === kind ? [row.user] : []));
  const outcome = { added: done('add'), removed: done('remove'), failed, waiting: judged.waiting };
  slice.count('membersAdded', outcome.added.length);
  slice.count('membersRemoved', outcome.removed.length);
  slice.count('failed', failed.size);
  await tell(group, outcome, startedMs, slice);
  // After the log: what a worker that dies in between did is done and told once more.
  await members.put([...judged.changedRows, ...ends.map(({ row }) => row)]);
  await delayAll([...ends.flatMap(({ row, retryAt }) => (retryAt === null ? [] : [{ row, retryAt }]))], slice);
  await members.delay(
    held.map(({ row: { user } }) => ({ group: groupId, user })),
    new Date(startedMs + 1).toISOString(),
  );
  const unsent = new Set(ends.flatMap(({ isUnsent, row }) => (isUnsent ? [row.user] : [])));
  await members.removeMarks(marks.filter(({ user }) => user !== null && !kept.has(user) && !unsent.has(user)));
  return { isLeft: unsent.size > 0, hasEmptied: empties && outcome.removed.length > 0, isHeld: verdict === 'held' };
};

const nothingSent: SentMembers = { done: new Set(), refused: new Map(), unknown: new Map(), isGone: false };

/** Of whom it is known by now that they are not in the group, though their rows still say so. */
const usersOutside = (rows: readonly Membership[]): readonly string[] =>
  rows.flatMap(({ user, exported }) => (exported?.isCertain ? [] : [user]));

/** Where more is to come of the group, what would fill no request waits for it. */
const choose = (changes: readonly Change[], hasMore: boolean) => {
  const pick = (kind: Change['kind']) => {
    const all = changes.filter((change) => change.kind === kind);
    return hasMore ? all.slice(0, all.length - (all.length % membersPerRequest)) : all;
  };
  const adds = pick('add');
  const removes = pick('remove');
  const picked = new Set([...adds, ...removes]);
  const kept = new Set(changes.flatMap((change) => (picked.has(change) ? [] : [change.row.user])));
  return { adds, removes, kept };
};

const uncertain = ({ row, member }: Change, group: string): Membership => ({
  ...row,
  exported: { group, member, isCertain: false },
});

const send = async (
  groupId: string,
  direction: 'add' | 'remove',
  changes: readonly Change[],
  witness: string | undefined,
  slice: Slice,
): Promise<SentMembers> => {
  const { maySend } = await slice.provisionContext([]);
  const members = changes.map(({ member }) => member);
  const task = { groupId, direction, members, ...(witness === undefined ? {} : { witness }) };
  return sendMembers(task, slice.world.target, maySend, slice.signal);
};

interface End {
  readonly change: Change;
  readonly row: Membership;
  readonly isDone: boolean;
  /** Its mark stays: nothing was said about it. */
  readonly isUnsent: boolean;
  readonly fault: Fault | null;
  readonly retryAt: 'later' | string | null;
}

const endOf = (change: Change, group: string, sent: SentMembers, at: string): End => {
  const { row, kind, member } = change;
  const base = { change, isDone: false, isUnsent: false, fault: null, retryAt: null };
  if (sent.done.has(member)) {
    const exported = kind === 'add' ? { group, member, isCertain: true } : null;
    return { ...base, row: { ...row, exported, escrow: null }, isDone: true };
  }
  const isUnknown = sent.unknown.has(member);
  const fault = sent.unknown.get(member) ?? sent.refused.get(member) ?? null;
  if (fault === null) return { ...base, row, isUnsent: !sent.isGone };
  const left = isUnknown ? uncertain(change, group) : row;
  if (fault.whose === 'target' && fault.retry === 'at')
    return { ...base, row: left, retryAt: fault.retryAt ?? 'later' };
  const escrow = { attempts: (left.escrow?.attempts ?? 0) + 1, since: left.escrow?.since ?? at, fault };
  return { ...base, row: { ...left, escrow }, fault, retryAt: 'later' };
};

const delayAll = async (
  failed: readonly { readonly row: Membership; readonly retryAt: string }[],
  { world, job }: Slice,
): Promise<void> => {
  const nowMs = world.clock.nowMs();
  const dueOf = ({ row, retryAt }: (typeof failed)[number]): string =>
    retryAt === 'later'
      ? new Date(nowMs + 1 + escrowDelayMs(row.escrow?.attempts ?? 0, job.intervalMs)).toISOString()
      : retryAt;
  for (const [due, ofDue] of Map.groupBy(failed, dueOf)) {
    await world.state.members.delay(
      ofDue.map(({ row: { group, user } }) => ({ group, user })),
      due,
    );
  }
};

/** Somebody deleted the group in Zoom: it is looked for again, and made again, and then has no members. */
const noteGone = async (group: ObjectRow, { world }: Slice): Promise<void> => {
  const nowMs = world.clock.nowMs();
  const change = (row: ObjectRow): ObjectRow | null =>
    row.link?.targetId !== group.link?.targetId || row.link === null
      ? null
      : touchGroup({ ...row, link: { ...row.link, state: 'detached' } }, new Date(nowMs + 1).toISOString(), nowMs);
  await world.state.objects.update([{ id: group.id, type: 'group', change }]);
};

const tell = async (
  group: ObjectRow | undefined,
  outcome: Parameters<typeof recordOfMembers>[1],
  startedMs: number,
  slice: Slice,
): Promise<void> => {
  if (!group || !isTold(outcome)) return;
  const { world, cycle } = slice;
  const { redact } = await slice.provisionContext([]);
  const context = { world, cycleId: cycle.cycleId, recordId: world.newId(), redact };
  const records = [recordOfMembers(group, outcome, context, startedMs, world.clock.nowMs())];
  await world.state.commit({ records }, null);
};
