import type { Outcome } from '../outcome.js';
import { recordOf } from '../recordOf.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StagedEntry, StoredObject } from '../state.js';
import { assess } from '../subject.js';

/**
 * Holds removals for a person: one incident, one notification, one `StagedDelete` record each. Joiners and updates go
 * on; held rows count no longer.
 */
export const holdRemovals = async (
  entries: readonly StagedEntry[],
  reason: string,
  slice: Slice,
): Promise<PhaseStep> => {
  if (entries.length === 0) return { next: null };
  const { state } = slice.world;
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
  await slice.world.notifier.notify(
    {
      incident: `held:${incident}`,
      jobId: slice.world.jobId,
      subject: `${held.length} removals are held`,
      text: `${reason}. Nobody was disabled by them. Look at the staged removals of the job, then release or reject them.`,
      fault: null,
    },
    slice.signal,
  );
  const since = new Date(slice.world.clock.nowMs()).toISOString();
  return {
    next: null,
    checkpoint: {
      job: (job) =>
        job.quarantine ? job : { ...job, quarantine: { reason: 'TooManyDeletes', since, until: null, fault: null } },
    },
  };
};

const recordsOf = async (held: readonly StoredObject[], slice: Slice) => {
  const context = await slice.provisionContext(held);
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
    const { world, cycleId, redact } = context;
    return recordOf(outcome, { world, cycleId, recordId: world.newId(), redact, held: true });
  });
};
