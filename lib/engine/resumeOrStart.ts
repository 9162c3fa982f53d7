import type { CompiledMapping } from '../mapping/compiled.js';
import type { CycleRequest, CycleState, JobRow, Mark } from './control.js';
import { digestSettings, scheduleNext, startCycle } from './cycleStart.js';
import { countRemovals } from './phases/deprovision.js';
import { restartRound } from './rounds.js';
import type { Running } from './running.js';
import type { EngineSettings } from './settings.js';
import type { ControlRows, Lease } from './state.js';
import type { World } from './world.js';

interface ResumeOptions {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
}

/**
 * The cycle that a slice goes on with: the unfinished one, or one that begins now because it is due or was asked for.
 * Null where the lease was lost.
 */
export const resumeOrStart = async (
  control: ControlRows & { readonly job: JobRow },
  lease: Lease,
  { world, settings, mapping }: ResumeOptions,
): Promise<Running | null> => {
  const { reset } = control.job;
  const unfinished = control.cycle;
  if (unfinished && !reset && isPinnedTo(unfinished, mapping, settings)) return { ...control, cycle: unfinished };
  const nowMs = world.clock.nowMs();
  const request = requestOf(control, nowMs);
  const removed = unfinished ? await countRemovals(unfinished, world.state) : 0;
  const cycle = startCycle({
    job: control.job,
    request,
    schemaVersion: mapping.schemaVersion,
    settings,
    nowMs,
    newId: world.newId,
    removed,
  });
  const nextRunAt = scheduleNext(control.job, control.request !== null || reset !== null, nowMs);
  const marks = cycle.kind === 'initial' ? await restartStreams(control.marks, lease, world) : control.marks;
  if (marks === 'fenced') return null;
  const done = await world.state.jobs.checkpoint(lease, {
    cycle,
    job: (job) => ({ ...job, nextRunAt, reset: job.reset?.id === reset?.id ? null : job.reset }),
    ...(control.request ? { answeredRequest: control.request.cycleId } : {}),
  });
  if (done === 'fenced') return null;
  world.telemetry.event('info', 'CycleStarted', { jobId: world.jobId, cycleId: cycle.cycleId, action: cycle.kind });
  return { ...control, job: { ...control.job, nextRunAt, reset: null }, cycle, marks, request: null };
};

/**
 * What the cycle answers. One that was begun under another schema, or that a restart replaces, starts anew under its own
 * id, so that whoever waits for it hears.
 */
const requestOf = (control: ControlRows & { readonly job: JobRow }, nowMs: number): CycleRequest | null => {
  const { reset } = control.job;
  const waiting = control.cycle
    ? { cycleId: control.cycle.cycleId, kind: control.cycle.kind, requestedAt: control.cycle.startedAt }
    : control.request;
  if (!reset) return waiting;
  return { ...(waiting ?? { cycleId: reset.id, requestedAt: new Date(nowMs).toISOString() }), kind: 'initial' };
};

const isPinnedTo = (cycle: CycleState, mapping: CompiledMapping, settings: EngineSettings): boolean =>
  cycle.schemaVersion === mapping.schemaVersion && cycle.settingsDigest === digestSettings(settings);

const marksPerCheckpoint = 80;

/** An initial cycle enumerates everything anew: before it exists, so that a crash in between only repeats this. */
const restartStreams = async (
  marks: readonly Mark[],
  lease: Lease,
  world: World,
): Promise<readonly Mark[] | 'fenced'> => {
  const restarted = marks.map(restartRound);
  for (let from = 0; from < restarted.length; from += marksPerCheckpoint) {
    const page = restarted.slice(from, from + marksPerCheckpoint);
    if ((await world.state.jobs.checkpoint(lease, { marks: page })) === 'fenced') return 'fenced';
  }
  return restarted;
};
