import { groupContext } from '../groups/groupContext.js';
import type { Outcome } from '../outcome.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { RecordRow } from '../record.js';
import { recordOf } from '../recordOf.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StagedEntry, StoredObject } from '../state.js';
import { assess } from '../subject.js';

/**
 * Holds a page of removals for a person, with one `stagedDelete` record each. Joiners and updates go on; held rows count
 * no longer. The job's status shows it.
 */
export const holdRemovals = async (
  entries: readonly StagedEntry[],
  slice: Slice,
): Promise<Pick<PhaseStep, 'checkpoint'>> => {
  const { state, clock } = slice.world;
  const incident = slice.cycle.cycleId;
  const written = await state.objects.update(
    entries.map(({ id }) => ({
      id,
      type: 'user',
      change: (row) =>
        row.staged?.state === 'staged' ? { ...row, staged: { ...row.staged, state: 'held', incident } } : null,
    })),
  );
  const held = [...written.values()].filter(({ row }) => row.staged?.incident === incident);
  await state.commit({ records: await recordsOf(held, slice) }, null);
  slice.count('held', held.length);
  const since = new Date(clock.nowMs()).toISOString();
  return {
    checkpoint: {
      job: (job) =>
        job.quarantine ? job : { ...job, quarantine: { reason: 'TooManyDeletes', since, until: null, fault: null } },
    },
  };
};

/** One incident, one notification, when the last page of it is held. */
export const tellHeld = async (slice: Slice): Promise<void> => {
  const held = slice.cycle.counts.held ?? 0;
  const { deletionThreshold, deletionThresholdPercent } = slice.settings;
  await slice.world.notifier.notify(
    {
      incident: `held:${slice.cycle.cycleId}`,
      jobId: slice.world.jobId,
      subject: `${held} removals are held`,
      text: `One cycle would have disabled or deleted more than ${deletionThreshold} users, or more than ${deletionThresholdPercent} % of those who are active. ${held} removals wait: nobody was disabled by them. Joiners and updates go on.`,
      fault: null,
      since: slice.cycle.startedAt,
      people: held,
      action:
        'Look at the list below. If the people should go, POST to its release; if not, put the assignments or filters right, which lets them leave the list by themselves, or POST to its reject.',
      place: 'stagedRemovals',
    },
    slice.signal,
  );
};

const recordsOf = async (held: readonly StoredObject[], slice: Slice) => {
  const groups = held.filter(({ row }) => row.type === 'group');
  const users = held.filter(({ row }) => row.type === 'user');
  const ofUsers = recordsIn(await slice.provisionContext(users), users, slice);
  if (groups.length === 0 || slice.groupMapping === null) return ofUsers;
  return [...ofUsers, ...recordsIn(await groupContext(groups, slice.groupMapping, slice), groups, slice)];
};

const recordsIn = (context: ProvisionContext, held: readonly StoredObject[], slice: Slice): readonly RecordRow[] => {
  const nowMs = slice.world.clock.nowMs();
  return held.map((stored) => {
    const subject = {
      stored,
      source: null,
      life: 'live' as const,
      readAt: new Date(nowMs).toISOString(),
      round: null,
      provenByRow: false,
      readFault: null,
    };
    const trigger = stored.row.staged?.trigger ?? 'unassigned';
    const outcome: Outcome = {
      assessment: assess(subject, context.scene),
      match: null,
      decision: { kind: 'remove', targetId: stored.row.link?.targetId ?? '', trigger },
      effect: { kind: 'staged' },
      changes: [],
      invalidAnchor: false,
      startedMs: nowMs,
      endedMs: nowMs,
    };
    const { world, cycleId, redact, mapping } = context;
    return recordOf(outcome, { world, cycleId, recordId: world.newId(), redact, mapping, held: true });
  });
};
