import type { CycleSummary } from '../engine/control.js';
import type { CredentialAge } from '../engine/credentialAge.js';
import type { EventKeys } from '../engine/ports.js';
import type { SliceResult } from '../engine/runSlice.js';
import { type JobFigures, surveyJob } from '../engine/surveyJob.js';
import type { World } from '../engine/world.js';
import type { RunningTelemetry } from '../telemetry/running.js';

export interface WatchedCyclesOptions {
  readonly running: RunningTelemetry;
  readonly world: Pick<World, 'jobId' | 'state' | 'clock'>;
  readonly readAge: () => Promise<CredentialAge | null>;
}

/** Ticks and slices as telemetry tells of them. What they return and throw is left as it is. */
export interface WatchedCycles {
  /** Resolves when no slice runs. */
  idle(): Promise<void>;
  tick<T>(run: () => Promise<T>): Promise<T>;
  slice(
    run: () => Promise<SliceResult>,
    message: { readonly cycleId: string | null; readonly slice: number },
  ): Promise<SliceResult>;
}

export const watchCycles = ({ running, world, readAge }: WatchedCyclesOptions): WatchedCycles => {
  const { jobId, clock } = world;

  const tellFigures = async (): Promise<void> => {
    try {
      const figures = await surveyJob(world);
      if (figures) measureFigures(figures, running, jobId);
      const age = await readAge();
      if (age) running.measure('credentialDaysLeft', age.credentialDaysLeft, { jobId, action: age.kind });
    } catch (error) {
      running.telemetry.event('warning', 'FiguresNotRead', { jobId, code: nameOf(error) });
    }
  };

  const tellEnd = async (summary: CycleSummary, slice: number): Promise<void> => {
    const { cycleId, kind, state, fault, counts } = summary;
    const startedMs = Date.parse(summary.startedAt);
    const durationMs = Date.parse(summary.endedAt) - startedMs;
    const keys = { jobId, cycleId, action: kind, outcome: state, ...(fault ? { code: fault.code } : {}) };
    const intervalMs = running.isOn ? (await world.state.jobs.readJob())?.intervalMs : undefined;
    const event: EventKeys = {
      ...keys,
      slice,
      durationMs,
      ...(intervalMs === undefined ? {} : { intervalMs }),
      graphRequests: counts['graphRequests'] ?? 0,
      zoomRequests: counts['zoomRequests'] ?? 0,
      exports: counts['exports'] ?? 0,
      failures: counts['failed'] ?? 0,
    };
    running.measure('cycleDuration', durationMs, keys);
    running.recordCycle({ cycleId, startedMs, endedMs: clock.nowMs(), keys });
    running.runWithin(running.traceparentOf(cycleId) ?? '', () =>
      running.telemetry.event(state === 'Failed' ? 'error' : 'info', 'CycleEnded', event),
    );
  };

  const slices = new Set<Promise<SliceResult>>();

  const runSlice: WatchedCycles['slice'] = async (run, { cycleId, slice }) => {
    const startedMs = clock.monotonicMs();
    const measure = (outcome: string): void =>
      running.measure('sliceDuration', clock.monotonicMs() - startedMs, { jobId, outcome });
    try {
      const result = await run();
      if (result.kind !== 'dropped') measure(result.kind);
      if (result.kind === 'finished') await tellEnd(result.summary, slice);
      return result;
    } catch (error) {
      measure('failed');
      const keys = { jobId, slice, ...(cycleId === null ? {} : { cycleId }), code: nameOf(error) };
      running.telemetry.event('error', 'SliceFailed', keys);
      throw error;
    } finally {
      await running.flush();
    }
  };

  return {
    async idle() {
      while (slices.size > 0) await Promise.allSettled(slices);
    },
    async tick(run) {
      try {
        const result = await run();
        running.measure('heartbeat', 1, { jobId });
        if (running.isOn) await tellFigures();
        return result;
      } finally {
        await running.flush();
      }
    },
    async slice(...slice) {
      const work = runSlice(...slice);
      slices.add(work);
      try {
        return await work;
      } finally {
        slices.delete(work);
      }
    },
  };
};

const cycleKinds = ['initial', 'incremental', 'reconcile'];

const measureFigures = (figures: JobFigures, { measure }: RunningTelemetry, jobId: string): void => {
  measure('quarantine', figures.isQuarantined ? 1 : 0, { jobId });
  measure('escrowed', figures.escrowed, { jobId });
  measure('staged', figures.staged, { jobId });
  measure('held', figures.held, { jobId });
  measure('pendingAge', figures.pendingAgeMs, { jobId });
  measure('linked', figures.linkedActive, { jobId, outcome: 'active' });
  measure('linked', figures.linkedDisabled, { jobId, outcome: 'disabled' });
  for (const action of cycleKinds) {
    const intervals = figures.cycle?.kind === action ? figures.cycle.intervals : 0;
    measure('cycleIntervals', intervals, { jobId, action });
  }
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
