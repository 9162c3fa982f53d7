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
} from '../engine/control.js';
import type { Fault, JsonValue, ObjectType, RequestTrace, Values } from '../engine/model.js';

const text = z.string();
const textOrNull = z.string().nullable();

export const objectType: z.ZodType<ObjectType> = z.enum(['user', 'group']);

/** What JSON.parse gave is a JSON value. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
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

export const cycleState: z.ZodType<CycleState> = z.object({
  cycleId: text,
  kind: cycleKind,
  phase: z.enum([
    'assignments',
    'memberships',
    'users',
    'pending',
    'deprovisionProven',
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
  units: z.object({ done: z.number(), total: z.number().nullable() }),
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
  sweeping: z.boolean(),
});

export const counters: z.ZodType<Counters> = z.object({ linkedActive: z.int(), linkedDisabled: z.int() });

export const demandCounts: z.ZodType<DemandCounts> = z.object({
  changeId: text,
  at: text,
  linkedActive: z.int(),
  linkedDisabled: z.int(),
  removals: z.int(),
});
