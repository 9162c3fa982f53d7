import { z } from 'zod';
import type {
  Counters,
  CycleKind,
  CycleRequest,
  CycleState,
  CycleSummary,
  DemandCounts,
  JobRow,
  Mark,
  Quarantine,
  Reset,
  Units,
} from '../engine/control.js';
import { type JobSettings, noJobSettings } from '../engine/jobSettings.js';
import type { Fault, JsonValue, ObjectType, RequestTrace, Values } from '../engine/model.js';
import type { Release } from '../engine/release.js';

const text = z.string();
const textOrNull = z.string().nullable();

export const objectType: z.ZodType<ObjectType> = z.enum(['user', 'group']);

/** What JSON.parse gave is a JSON value. */
export const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
export const values: z.ZodType<Values> = z.record(text, jsonValue);

const requestTrace: z.ZodType<RequestTrace> = z.object({
  service: z.enum(['graph', 'zoom']),
  method: text,
  path: text,
  status: z.number().nullable(),
  requestId: textOrNull,
});

export const fault: z.ZodType<Fault> = z.object({
  code: text,
  message: text,
  recommendedAction: text,
  whose: z.enum(['object', 'job', 'source', 'target', 'us']),
  retry: z.enum(['nextCycle', 'onChange', 'at']),
  retryAt: text.exactOptional(),
  outcomeUnknown: z.boolean().exactOptional(),
  request: requestTrace.exactOptional(),
});

export const cycleKind: z.ZodType<CycleKind> = z.enum(['initial', 'incremental', 'reconcile']);
const counts = z.record(text, z.number());

const units: z.ZodType<Units> = z.object({
  done: z.number(),
  total: z.number().nullable(),
  msEach: z.number().nullable().default(null),
});

export const cycleState: z.ZodType<CycleState> = z.object({
  cycleId: text,
  kind: cycleKind,
  phase: z.enum([
    'assignments',
    'memberships',
    'users',
    'pending',
    'deprovisionProven',
    'reconcile',
    'repair',
    'groups',
    'references',
    'deprovision',
    'finish',
  ]),
  cursor: textOrNull,
  slice: z.int(),
  startedAt: text,
  schemaVersion: text,
  settingsDigest: text,
  counts,
  incomplete: z.array(text),
  notBefore: textOrNull,
  stalledSlices: z.int(),
  fault: fault.nullable(),
  units,
});

export const cycleSummary: z.ZodType<CycleSummary> = z.object({
  cycleId: text,
  kind: cycleKind,
  startedAt: text,
  endedAt: text,
  counts,
  state: z.enum(['Succeeded', 'Failed', 'EntryLevelErrors']),
  fault: fault.nullable(),
});

const quarantine: z.ZodType<Quarantine> = z.object({
  reason: text,
  since: text,
  until: textOrNull,
  fault: fault.nullable(),
  evaluatedAt: text.exactOptional(),
  timesImposed: z.int().exactOptional(),
});

export const counters: z.ZodType<Counters> = z.object({ linkedActive: z.int(), linkedDisabled: z.int() });

export const release: z.ZodType<Release> = z.object({ by: text, at: text });

const reset: z.ZodType<Reset> = z.object({
  id: text,
  erases: z.boolean(),
  detaches: z.boolean(),
  dropsEscrows: z.boolean(),
  isInitial: z.boolean(),
  releases: release.nullable(),
  isCleared: z.boolean(),
  cursor: textOrNull,
  kept: counters,
});

const removalRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('delete'), afterMs: z.number() }),
]);

const jobSettings: z.ZodType<JobSettings> = z.object({
  deletionThreshold: z.number().nullable(),
  deletionThresholdPercent: z.number().nullable(),
  deletionThresholdDaily: z.number().nullable().default(null),
  escrowMinimum: z.number().nullable().default(null),
  escrowPercent: z.number().nullable().default(null),
  escrowBase: z.number().nullable().default(null),
  escrowTotal: z.number().nullable().default(null),
  smallTenantPercent: z.number().nullable().default(null),
  skipOutOfScopeDeletions: z.boolean().nullable(),
  removalPolicy: z
    .object({
      unassigned: removalRule,
      filteredOut: removalRule,
      blocked: removalRule,
      softDeleted: removalRule,
      hardDeleted: removalRule,
    })
    .nullable(),
  notificationEmails: z.array(text).nullable(),
});

export const jobRow: z.ZodType<JobRow> = z.object({
  jobId: text,
  status: z.enum(['on', 'off', 'paused']),
  intervalMs: z.number(),
  nextRunAt: textOrNull,
  schemaVersion: textOrNull,
  settingsDigest: textOrNull,
  assignmentsDigest: textOrNull,
  assignmentsMissing: z.boolean(),
  quarantine: quarantine.nullable(),
  lastExecution: cycleSummary.nullable(),
  lastSuccessfulExecution: cycleSummary.nullable(),
  lastSuccessfulExecutionWithExports: cycleSummary.nullable(),
  failuresInARow: z.int(),
  steadyStateFirstAt: textOrNull,
  steadyStateLastAt: textOrNull,
  reconciled: z.object({ cycleId: textOrNull, at: text, found: counts }).nullable().default(null),
  settings: jobSettings.default(noJobSettings),
  reset: reset.nullable().default(null),
  forced: release.nullable().default(null),
});

export const cycleRequest: z.ZodType<CycleRequest> = z.object({ cycleId: text, kind: cycleKind, requestedAt: text });

export const mark: z.ZodType<Mark> = z.object({
  stream: text,
  groupIds: z.array(text),
  round: z.int(),
  roundStartedAt: text,
  link: textOrNull,
  enumerating: z.boolean(),
  endedIn: textOrNull,
  readySince: textOrNull,
  walk: z.object({ anchor: text, steps: z.int(), limit: z.int() }).exactOptional(),
  resyncs: z.int().exactOptional(),
  sweeping: z.boolean(),
});

export const demandCounts: z.ZodType<DemandCounts> = z.object({
  changeId: text,
  at: text,
  linkedActive: z.int(),
  linkedDisabled: z.int(),
  removals: z.int(),
});
