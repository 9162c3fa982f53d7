import type { CompiledMapping } from '../mapping/compiled.js';
import { clearReset } from './clearReset.js';
import type { CycleState, CycleSummary, JobRow } from './control.js';
import { jobAfterCycle, summarize } from './cycleEnd.js';
import type { EscrowVerdict } from './escrowThresholds.js';
import { keepLease } from './leaseKeeper.js';
import { watchPause } from './pauseWatch.js';
import type { EventKeys } from './ports.js';
import { resumeOrStart } from './resumeOrStart.js';
import type { Running } from './running.js';
import { type PhasesEnd, runPhases } from './runPhases.js';
import { isDue } from './schedule.js';
import type { EngineSettings } from './settings.js';
import { settingsInForce } from './settingsInForce.js';
import { createSlice, type EngineMemory, type SliceRuntime } from './sliceRuntime.js';
import { settleStall } from './stall.js';
import type { ControlRows, Lease, SliceMessage } from './state.js';
import { surveyEscrows } from './surveyEscrows.js';
import type { World } from './world.js';

/** What a slice came to. `dropped`: the message had nothing to start, or another worker is at it. */
export type SliceResult =
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'continued'; readonly cycleId: string; readonly slice: number }
  | { readonly kind: 'paused'; readonly cycleId: string }
  /** What a restart or a delete asked to be cleared is not cleared yet; another message is on its way. */
  | { readonly kind: 'clearing' }
  | { readonly kind: 'finished'; readonly summary: CycleSummary };

export interface SliceOptions {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  /** How groups are mapped; null, the default, where they are not provisioned. */
  readonly groupMapping?: CompiledMapping | null;
  /**
   * Whether another schema than that of `mapping` is in force by now. Asked every few seconds; once it is, the slice ends
   * between objects, and the next one starts the cycle anew. Default: never.
   */
  readonly isSuperseded?: () => Promise<boolean>;
  /** Whether there are credentials of the target; without them no cycle begins or goes on. Default: there are. */
  readonly isConfigured?: () => Promise<boolean>;
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
  if (job.reset && !job.reset.isCleared) return null;
  if (job.status !== 'on') return `the job is ${job.status}`;
  if (job.reset) return null;
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
  const { world } = options;
  const endsAtMs = world.clock.monotonicMs() + options.settings.sliceBudgetMs;
  const mustStop = () => options.stopping?.aborted === true || world.clock.monotonicMs() >= endsAtMs;
  // What was true before the lease was taken may have changed since.
  let control = await world.state.jobs.read();
  if (control.job?.reset && !control.job.reset.isCleared) {
    const cleared = await clearReset(control.job.reset, lease, world, mustStop);
    if (cleared === 'fenced') return { kind: 'dropped', reason: 'the lease was lost' };
    if (cleared === 'stopped') {
      await goOnAtOnce(lease, world);
      return { kind: 'clearing' };
    }
    control = await world.state.jobs.read();
  }
  const refusal = refuse(control, message, world.clock.nowMs());
  if (refusal || !control.job) return { kind: 'dropped', reason: refusal ?? 'the job does not exist yet' };
  if ((await options.isConfigured?.()) === false) return { kind: 'dropped', reason: 'nobody has authorised Zoom' };
  const inForce = { ...options, settings: settingsInForce(options.settings, control.job.settings) };
  const running = await resumeOrStart({ ...control, job: control.job }, lease, inForce);
  if (!running) return { kind: 'dropped', reason: 'the lease was lost' };
  const { cycleId, slice } = running.cycle;
  const traceparent = message.cycleId === cycleId ? message.traceparent : undefined;
  const span = world.tracer.beginSlice(cycleId, traceparent ?? null, { jobId: world.jobId, cycleId, slice });
  let keys: EventKeys = { code: 'SliceFailed' };
  try {
    const runtime = createSlice({ ...inForce, lease, signal, endsAtMs }, running);
    const result = await span.run(() => runCycle(runtime, lease, running, world));
    keys = { outcome: result.kind };
    return result;
  } finally {
    span.end(keys);
  }
};

const runCycle = async (runtime: SliceRuntime, lease: Lease, running: Running, world: World): Promise<SliceResult> => {
  const end = await runWatched(runtime, lease, running, world);
  switch (end.kind) {
    case 'fenced':
      return { kind: 'dropped', reason: 'the lease was lost' };
    case 'paused':
      await goOnAtOnce(lease, world);
      return { kind: 'paused', cycleId: end.cycle.cycleId };
    case 'continued':
      await continueLater(end.cycle, lease, world);
      return { kind: 'continued', cycleId: end.cycle.cycleId, slice: end.cycle.slice };
    case 'finished': {
      const summary = summarize(end.cycle, end.fault, world.clock.nowMs());
      const escrows = await weighFailures(end, running.job, runtime.slice);
      let isRestarted = false;
      const done = await world.state.jobs.checkpoint(lease, {
        cycle: null,
        job: (job) => {
          isRestarted = job.reset !== null;
          return jobAfterCycle(job, end.cycle, summary, escrows);
        },
        counters: end.counters,
        finished: summary,
      });
      if (done === 'fenced') return { kind: 'dropped', reason: 'the lease was lost' };
      if (isRestarted) await goOnAtOnce(lease, world);
      return { kind: 'finished', summary };
    }
  }
};

/** Failures are counted where there are some: in this cycle, or since one that was quarantined for them. */
const weighFailures = async (
  { cycle, fault, counters }: Extract<PhasesEnd, { kind: 'finished' }>,
  { quarantine }: JobRow,
  { world, settings }: SliceRuntime['slice'],
): Promise<EscrowVerdict | null> => {
  const wasForThem = quarantine?.reason.includes('Escrow') ?? false;
  if (fault || ((cycle.counts['failed'] ?? 0) === 0 && !wasForThem)) return null;
  return surveyEscrows(world.state, counters, settings.escrowThresholds);
};

/** So often a running slice asks whether the job is still on: one point read. */
const askJobEveryMs = 1_000;
/** And whether its schema is still in force. */
const askSchemaEveryMs = 5_000;

const runWatched = async (runtime: SliceRuntime, lease: Lease, running: Running, world: World): Promise<PhasesEnd> => {
  const watches = [
    watchPause(runtime.isPaused, askJobEveryMs, world.clock),
    watchPause(runtime.isSuperseded, askSchemaEveryMs, world.clock),
  ];
  try {
    return await runPhases(runtime, lease, running);
  } catch (error) {
    if (runtime.slice.signal.aborted) throw error;
    const end = await settleStall(lease, world);
    if (end) return end;
    throw error;
  } finally {
    await Promise.all(watches.map((watch) => watch.stop()));
  }
};

/** Messages that came while the lease was held were dropped: where there still is something to do, another is sent. */
const goOnAtOnce = async (lease: Lease, world: World): Promise<void> => {
  await lease.release();
  const job = await world.state.jobs.readJob();
  if (job && (job.status === 'on' || job.reset)) {
    await world.queue.send({ jobId: world.jobId, cycleId: null, slice: 1 }, 0);
  }
};

/** The lease is let go first, so that whoever takes the message finds it free. */
const continueLater = async (cycle: CycleState, lease: Lease, world: World): Promise<void> => {
  await lease.release();
  const waitMs = cycle.notBefore === null ? 0 : Math.max(0, Date.parse(cycle.notBefore) - world.clock.nowMs());
  const message = { jobId: world.jobId, cycleId: cycle.cycleId, slice: cycle.slice };
  await world.queue.send(message, waitMs);
};
