import { createHash } from 'node:crypto';
import type { CycleKind, CycleRequest, CycleState, JobRow } from './control.js';
import { nextRunAt } from './schedule.js';
import { describeScopeSettings, type EngineSettings } from './settings.js';

/** A digest of what a cycle pins besides the schema: scope mode, nesting and policy. */
export const digestSettings = (settings: EngineSettings): string =>
  createHash('sha256').update(describeScopeSettings(settings)).digest('hex').slice(0, 16);

export interface StartInput {
  readonly job: JobRow;
  readonly request: CycleRequest | null;
  readonly schemaVersion: string;
  readonly settings: EngineSettings;
  readonly nowMs: number;
  readonly newId: () => string;
  /** Removals that this cycle carried out before it had to start anew. */
  readonly removed: number;
}

/**
 * The cycle that starts now: of the kind that was asked for, but never less than the state of things needs. A job that
 * never ended a cycle, another schema or another scope setting makes it an initial one; one that nobody asked for compares
 * the target where that is due.
 */
export const startCycle = (input: StartInput): CycleState => {
  const { job, request, schemaVersion, settings, nowMs } = input;
  const settingsDigest = digestSettings(settings);
  const isFirst =
    job.lastExecution === null || job.schemaVersion !== schemaVersion || job.settingsDigest !== settingsDigest;
  const due = isReconcileDue(job, settings, nowMs) ? 'reconcile' : 'incremental';
  const kind: CycleKind = isFirst ? 'initial' : (request?.kind ?? due);
  return {
    cycleId: request?.cycleId ?? input.newId(),
    kind,
    phase: 'assignments',
    cursor: null,
    slice: 1,
    startedAt: new Date(nowMs).toISOString(),
    schemaVersion,
    settingsDigest,
    counts: input.removed > 0 ? { removalsCarriedOut: input.removed } : {},
    incomplete: [],
    notBefore: null,
    stalledSlices: 0,
    fault: null,
    units: { done: 0, total: null, msEach: null },
  };
};

const isReconcileDue = ({ reconciled }: JobRow, { reconcileIntervalMs }: EngineSettings, nowMs: number): boolean =>
  reconciled !== null && Date.parse(reconciled.at) + reconcileIntervalMs <= nowMs;

/** The job's next start, from the instant this one was scheduled for; a cycle on request starts its own grid. */
export const scheduleNext = (job: JobRow, isRequested: boolean, nowMs: number): string => {
  const scheduledMs = job.nextRunAt === null || isRequested ? nowMs : Date.parse(job.nextRunAt);
  return new Date(nextRunAt(scheduledMs, job.intervalMs, nowMs)).toISOString();
};
