import type { CompiledMapping } from '../mapping/compiled.js';
import type { CycleState, CycleSummary, JobRow, Mark } from './control.js';
import { jobAfterCycle, summarize } from './cycleEnd.js';
import { digestSettings, scheduleNext, startCycle } from './cycleStart.js';
import { keepLease } from './leaseKeeper.js';
import { watchPause } from './pauseWatch.js';
import { countRemovals } from './phases/deprovision.js';
import { restartRound } from './rounds.js';
import type { Running } from './running.js';
import { type PhasesEnd, runPhases } from './runPhases.js';
import { isDue } from './schedule.js';
import type { EngineSettings } from './settings.js';
import { createSlice, type EngineMemory, type SliceRuntime } from './sliceRuntime.js';
import { settleStall } from './stall.js';
import type { ControlRows, Lease, SliceMessage } from './state.js';
import type { World } from './world.js';

/** What a slice came to. `dropped`: the message had nothing to start, or another worker is at it. */
export type SliceResult =
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'continued'; readonly cycleId: string; readonly slice: number }
  | { readonly kind: 'paused'; readonly cycleId: string }
  | { readonly kind: 'finished'; readonly summary: CycleSummary };

export interface SliceOptions {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  /**
   * Whether another schema than that of `mapping` is in force by now. Asked every few seconds; once it is, the slice ends
   * between objects, and the next one starts the cycle anew. Default: never.
   */
  readonly isSuperseded?: () => Promise<boolean>;
  readonly redact: ReadonlySet<string>;
  readonly memory: EngineMemory;
  /** Names this worker in the lease row. */
  readonly owner: string;
  /**
   * Once it aborts, the slice ends between objects: what is under way gets its answer, the rest waits for the next
   * slice. The signal beside the options cuts requests off instead. Default: never.
   */
  readonly stopping?: AbortSignal;
}

/** Runs one slice of the job's cycle, or starts the cycle that is due or requested. */
export const runSlice = async (
  message: SliceMessage,
  options: SliceOptions,
  signal: AbortSignal,
): Promise<SliceResult> => {
  const { world, settings } = options;
  const refusal = refuse(await world.state.jobs.read(), message, world.clock.nowMs());
  if (refusal) return { kind: 'dropped', reason: refusal };
  const lease = await world.state.jobs.takeLease(options.owner, settings.leaseDurationMs);
  if (!lease) return { kind: 'dropped', reason: 'another worker holds the lease' };
  const lost = new AbortController();
  const keeper = keepLease(lease, settings.leaseDurationMs, world.clock, () =>
    lost.abort(new Error('The lease was lost.')),
  );
  try {
    return await runLeased(message, lease, options, AbortSignal.any([signal, lost.signal]));
  } catch (error) {
    if (lost.signal.aborted) return { kind: 'dropped', reason: 'the lease was lost' };
    throw error;
  } finally {
    await keeper.stop();
    if (!lease.isLost()) await lease.release();
  }
};

const refuse = (control: ControlRows, message: SliceMessage, nowMs: number): string | null => {
  const { job, cycle, request } = control;
  if (!job) return 'the job does not exist yet';
  if (job.status !== 'on') return `the job is ${job.status}`;
  if (cycle) {
    const isBehind = message.cycleId !== null && (message.cycleId !== cycle.cycleId || message.slice < cycle.slice);
    if (isBehind) return 'the message is behind the checkpoint';
    return cycle.notBefore !== null && Date.parse(cycle.notBefore) > nowMs ? `not before ${cycle.notBefore}` : null;
  }
  if (message.cycleId !== null && message.cycleId !== request?.cycleId) return 'the cycle has ended';
  return request || isDue(job.nextRunAt, nowMs) ? null : 'no cycle is due';
};

const runLeased = async (
  message: SliceMessage,
  lease: Lease,
  options: SliceOptions,
  signal: AbortSignal,
): Promise<SliceResult> => {
  const { world, settings } = options;
  const control = await world.state.jobs.read();
  // What was true before the lease was taken may have changed since.
  const refusal = refuse(control, message, world.clock.nowMs());
  if (refusal || !control.job) return { kind: 'dropped', reason: refusal ?? 'the job does not exist yet' };
  const running = await resumeOrStart({ ...control, job: control.job }, lease, options);
  if (!running) return { kind: 'dropped', reason: 'the lease was lost' };
  const runtime = createSlice(
    { ...options, lease, signal, endsAtMs: world.clock.monotonicMs() + settings.sliceBudgetMs },
    running,
  );
  const end = await runWatched(runtime, lease, running, world);
  switch (end.kind) {
    case 'fenced':
      return { kind: 'dropped', reason: 'the lease was lost' };
    case 'paused':
      return { kind: 'paused', cycleId: end.cycle.cycleId };
    case 'continued':
      await continueLater(end.cycle, lease, world);
      return { kind: 'continued', cycleId: end.cycle.cycleId, slice: end.cycle.slice };
    case 'finished': {
      const summary = summarize(end.cycle, end.fault, world.clock.nowMs());
      const done = await world.state.jobs.checkpoint(lease, {
        cycle: null,
        job: (job) => jobAfterCycle(job, end.cycle, summary),
        counters: end.counters,
        finished: summary,
      });
      return done === 'fenced' ? { kind: 'dropped', reason: 'the lease was lost' } : { kind: 'finished', summary };
    }
  }
};

const runWatched = async (runtime: SliceRuntime, lease: Lease, running: Running, world: World): Promise<PhasesEnd> => {
  const watch = watchPause(async () => (await runtime.isPaused()) || (await runtime.isSuperseded()), world.clock);
  try {
    return await runPhases(runtime, lease, running);
  } catch (error) {
    if (runtime.slice.signal.aborted) throw error;
    const end = await settleStall(lease, world);
    if (end) return end;
    throw error;
  } finally {
    await watch.stop();
  }
};

const resumeOrStart = async (
  control: ControlRows & { readonly job: JobRow },
  lease: Lease,
  { world, settings, mapping }: SliceOptions,
): Promise<Running | null> => {
  const unfinished = control.cycle;
  if (unfinished && isPinnedTo(unfinished, mapping, settings)) return { ...control, cycle: unfinished };
  const nowMs = world.clock.nowMs();
  // A cycle that was begun under another schema starts anew under its own id, so that whoever waits for it hears.
  const request = unfinished
    ? { cycleId: unfinished.cycleId, kind: unfinished.kind, requestedAt: unfinished.startedAt }
    : control.request;
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
  const nextRunAt = scheduleNext(control.job, control.request !== null, nowMs);
  const marks = cycle.kind === 'initial' ? await restartStreams(control.marks, lease, world) : control.marks;
  if (marks === 'fenced') return null;
  const done = await world.state.jobs.checkpoint(lease, {
    cycle,
    job: (job) => ({ ...job, nextRunAt }),
    ...(control.request ? { answeredRequest: control.request.cycleId } : {}),
  });
  if (done === 'fenced') return null;
  world.telemetry.event('info', 'CycleStarted', { jobId: world.jobId, cycleId: cycle.cycleId, action: cycle.kind });
  return { ...control, job: { ...control.job, nextRunAt }, cycle, marks, request: null };
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

/** The lease is let go first, so that whoever takes the message finds it free. */
const continueLater = async (cycle: CycleState, lease: Lease, world: World): Promise<void> => {
  await lease.release();
  const waitMs = cycle.notBefore === null ? 0 : Math.max(0, Date.parse(cycle.notBefore) - world.clock.nowMs());
  const message = { jobId: world.jobId, cycleId: cycle.cycleId, slice: cycle.slice };
  await world.queue.send(message, waitMs);
};
