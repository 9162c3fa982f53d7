import type { Counters, CycleState } from './control.js';
import { addCounts, foldDemands, splitCounts } from './linkCounts.js';
import { type Fault, FaultError } from './model.js';
import { createPhaseSpans, type PhaseSpans } from './phaseSpans.js';
import { phases } from './phases/order.js';
import { createRequestCounter } from './requestCounter.js';
import { cycleAfter, moveRunning, type Running } from './running.js';
import type { PhaseStep, Slice } from './slice.js';
import type { SliceRuntime } from './sliceRuntime.js';
import type { Lease } from './state.js';

/** Rows of calls on demand that one checkpoint takes away, beside all that it writes. */
const demandsPerCheckpoint = 10;

export type PhasesEnd =
  | { readonly kind: 'fenced' }
  | { readonly kind: 'paused'; readonly cycle: CycleState }
  | { readonly kind: 'continued'; readonly cycle: CycleState }
  | {
      readonly kind: 'finished';
      readonly cycle: CycleState;
      readonly counters: Counters;
      readonly fault: Fault | null;
    };

/**
 * The loop around the phases: it alone owns budget, pause, commit and progress. Each step ends in one checkpoint under
 * the lease; a fault of the job ends the cycle, a fault of the source ends its phase and is noted as incomplete.
 */
export const runPhases = async (runtime: SliceRuntime, lease: Lease, first: Running): Promise<PhasesEnd> => {
  const spans = createPhaseSpans(runtime.slice);
  try {
    return await runSteps(runtime, lease, first, spans);
  } finally {
    spans.end();
  }
};

const runSteps = async (runtime: SliceRuntime, lease: Lease, first: Running, spans: PhaseSpans): Promise<PhasesEnd> => {
  const { slice } = runtime;
  const { state, clock } = slice.world;
  const requests = createRequestCounter(slice.world);
  let running = first;
  let waiting = first.demands;
  for (;;) {
    const beganMs = clock.monotonicMs();
    let result = await spans.run(() => runStep(slice));
    if (result.kind === 'step') result = { ...result, step: tellTargetDown(result.step, runtime, running) };
    const counts = splitCounts(addCounts(runtime.takeCounts(), requests.take()), running.counters);
    const fault = result.kind === 'job' ? result.fault : result.step.fault;
    if (fault) spans.fail(fault);
    if (result.kind === 'job') {
      const cycle = { ...running.cycle, counts: addCounts(running.cycle.counts, counts.cycle) };
      return { kind: 'finished', cycle, counters: counts.counters, fault: result.fault };
    }
    const { step } = result;
    const demands = waiting.slice(0, demandsPerCheckpoint);
    const { counters, removals } = foldDemands(
      demands,
      step.counters ?? counts.counters,
      { ...running.removals, ...step.checkpoint?.removals },
      step.counters !== undefined,
    );
    const after = cycleAfter(running.cycle, step, counts.cycle, clock.monotonicMs() - beganMs);
    const mustEnd = !after.isDone && (slice.mustStop() || runtime.notBefore() !== null);
    const cycle = mustEnd
      ? { ...after.cycle, slice: after.cycle.slice + 1, notBefore: runtime.notBefore() }
      : after.cycle;
    const folded =
      demands.length === 0
        ? {}
        : {
            removals: changedHours(running.removals, removals),
            foldedDemands: demands.map(({ changeId }) => changeId),
          };
    const checkpoint = { ...step.checkpoint, ...folded, cycle, counters };
    if ((await state.commit({ ...step.commit, checkpoint }, lease)) === 'fenced') return { kind: 'fenced' };
    if (after.isDone) return { kind: 'finished', cycle, counters, fault: null };
    waiting = waiting.slice(demands.length);
    running = { ...moveRunning(running, step, cycle, counters), removals };
    runtime.adopt(running);
    if (await runtime.isPaused()) return { kind: 'paused', cycle };
    if (mustEnd) return { kind: 'continued', cycle };
  }
};

/** Once the target is found down, the cycle says so, with the request that showed it and how often in a row it was. */
const tellTargetDown = (step: PhaseStep, runtime: SliceRuntime, { cycle, job }: Running): PhaseStep => {
  const fault = runtime.targetFault();
  if (!fault || cycle.counts['targetDown']) return step;
  const timesDown = (job.lastExecution?.counts['targetDown'] ?? 0) + 1;
  runtime.slice.count('targetDown', timesDown);
  runtime.slice.world.telemetry.event('warning', 'TargetDown', {
    jobId: job.jobId,
    cycleId: cycle.cycleId,
    code: fault.code,
    count: timesDown,
  });
  return { ...step, fault };
};

const changedHours = (before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(now).filter(([hour, count]) => count !== before[hour]));

type StepResult = { readonly kind: 'step'; readonly step: PhaseStep } | { readonly kind: 'job'; readonly fault: Fault };

const runStep = async (slice: Slice): Promise<StepResult> => {
  const phase = phases.find(({ name }) => name === slice.cycle.phase);
  if (!phase) throw new Error(`The cycle is in a phase that this version does not know: ${slice.cycle.phase}.`);
  try {
    return { kind: 'step', step: await phase.run(slice, slice.cycle.cursor) };
  } catch (error) {
    if (!(error instanceof FaultError) || slice.signal.aborted) throw error;
    if (error.fault.whose === 'job') return { kind: 'job', fault: error.fault };
    slice.world.telemetry.event('warning', 'PhaseIncomplete', {
      jobId: slice.world.jobId,
      cycleId: slice.cycle.cycleId,
      phase: phase.name,
      code: error.fault.code,
    });
    return { kind: 'step', step: { next: null, incomplete: [phase.name], fault: error.fault } };
  }
};
