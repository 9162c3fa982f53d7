import { carriedOutCount, judgeRemovals } from '../phases/judgeRemovals.js';
import { heldReason } from '../quarantine.js';
import type { Slice } from '../slice.js';
import type { ObjectRow, Staged } from '../stored.js';
import type { MemberVerdict } from './compareMember.js';

type Change = Extract<MemberVerdict, { kind: 'add' | 'remove' }>;

/**
 * Somebody who is in the group when these have come and those have gone, by the id in Zoom; undefined where it would be
 * empty. `leaving`: by the ids of the source.
 */
export const findWitness = async (
  groupId: string,
  groupTarget: string,
  adds: readonly Change[],
  leaving: ReadonlySet<string>,
  { world }: Slice,
): Promise<string | undefined> => {
  let cursor: string | null = null;
  do {
    const page = await world.state.members.list(groupId, cursor);
    const stays = page.rows.find(
      ({ user, exported }) => exported?.group === groupTarget && exported.isCertain && !leaving.has(user),
    );
    if (stays?.exported) return stays.exported.member;
    cursor = page.cursor;
  } while (cursor !== null);
  return adds[0]?.member;
};

/** `held`: from now on it waits for a person; `waits`: it did before, or a person said no. */
export type EmptyVerdict = 'go' | 'held' | 'waits';

/**
 * Whether a group may lose its last members now. It counts for the guard as one removal; beyond the guard it waits for a
 * person among the held removals, as the disabling of the group.
 */
export const judgeEmptying = async (group: ObjectRow, slice: Slice): Promise<EmptyVerdict> => {
  const staged = ofMembers(group.staged);
  const isOfThisCycle = staged?.incident === slice.cycle.cycleId;
  if (staged?.state === 'rejected' || (staged?.state === 'held' && !isOfThisCycle)) return 'waits';
  const isReleased = staged?.state === 'released';
  // One that was held in this cycle was not told yet: its worker died.
  const isResumed = staged?.state === 'held';
  if (isReleased || (!isResumed && judgeRemovals(slice, 1).kind === 'go')) {
    if (!isReleased) slice.count(carriedOutCount, 1);
    if (staged) await writeStaged(group, null, slice);
    return 'go';
  }
  await hold(group, slice);
  return 'held';
};

/** One incident a cycle, whatever the number of groups. */
export const tellEmptying = ({ world, cycle, signal }: Slice): Promise<void> =>
  world.notifier.notify(
    {
      incident: `held:members:${cycle.cycleId}`,
      jobId: world.jobId,
      subject: 'Groups would lose their last members, which is held',
      text: 'One cycle would have taken the last members out of more groups than the guard lets through. They stay in their groups in Zoom; everything else goes on.',
      fault: null,
      since: cycle.startedAt,
      action:
        'Look at the list below for groups. If they should be empty, POST to its release; if not, put their members right in Microsoft Entra ID, which lets them leave the list by themselves, or POST to its reject.',
      place: 'stagedRemovals',
    },
    signal,
  );

/** Nobody's last member leaves any more: what was held for a person is not. */
export const dropHeld = async (group: ObjectRow, slice: Slice): Promise<void> => {
  if (ofMembers(group.staged)) await writeStaged(group, null, slice);
};

/** What stands for the last members of a group, and not for the group itself. */
const ofMembers = (staged: Staged | null): Staged | null => (staged?.removal === 'disable' ? staged : null);

const hold = async (group: ObjectRow, slice: Slice): Promise<void> => {
  const { clock, state } = slice.world;
  const since = new Date(clock.nowMs()).toISOString();
  const { cycleId } = slice.cycle;
  await writeStaged(
    group,
    {
      trigger: 'unassigned',
      removal: 'disable',
      since,
      cycleId,
      state: 'held',
      incident: cycleId,
      provenByRow: false,
      contradictedIn: null,
      release: null,
    },
    slice,
  );
  slice.count('held', 1);
  await state.jobs.updateJob((job) =>
    job.quarantine ? job : { ...job, quarantine: { reason: heldReason, since, until: null, fault: null } },
  );
};

const writeStaged = async (group: ObjectRow, staged: Staged | null, { world }: Slice): Promise<void> => {
  await world.state.objects.update([{ id: group.id, type: 'group', change: (row) => ({ ...row, staged }) }]);
};
