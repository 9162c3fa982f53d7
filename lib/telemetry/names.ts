import type { EventKeys } from '../engine/ports.js';

/**
 * The one set of dimensions that events, metrics, spans and logs may carry. None holds a value of a person: `objectId` is
 * a bare id, paths are templates, codes and outcomes come from fixed lists.
 */
export const dimensions = {
  jobId: 'the job',
  cycleId: 'the cycle, as in the provisioning logs and in status.lastExecution.activityIdentifier',
  slice: 'which slice of the cycle, from 1',
  phase: 'phase of the cycle, or the stream that did not end',
  objectId: 'id of a source object',
  action: 'what was done or is meant: a kind of cycle, an operation, a kind of credential, a channel, a subject',
  outcome: 'what came of it; of an incident its id',
  code: 'error or skip code',
  family: 'kind of incident: quarantine, held, idle, seats, credential, over',
  service: 'graph or zoom',
  status: 'HTTP status; 0 where no answer came',
  method: 'HTTP method of a request',
  path: 'path template of a request, without ids, query or body',
  level: 'info, warning or error; on events only',
  durationMs: 'milliseconds',
  intervalMs: 'the interval between cycles in force, in milliseconds',
  count: 'how many',
  graphRequests: 'requests of a cycle to Graph',
  zoomRequests: 'requests of a cycle to Zoom',
  exports: 'objects of which something was sent to Zoom, whatever came of it',
  failures: 'objects that failed in a cycle',
  function: 'which function wrote a log line; on log lines only',
  invocationId: 'which invocation wrote a log line; on log lines only',
  requestId: 'id of a request: ours at the API, the service\u2019s own on outgoing ones',
} as const satisfies Record<keyof EventKeys | 'level' | 'function' | 'invocationId', string>;

export type DimensionName = keyof typeof dimensions;

/** Every event, and the dimensions it may carry beside `level`. In Application Insights: `customEvents`, `AppEvents`. */
export const events = {
  ApiFailed: ['jobId', 'requestId', 'code'],
  ApiRefused: ['jobId', 'code'],
  CredentialAge: ['jobId', 'action', 'count'],
  CredentialEnding: ['jobId', 'action', 'count', 'outcome'],
  CycleEnded: [
    'jobId',
    'cycleId',
    'slice',
    'action',
    'outcome',
    'code',
    'durationMs',
    'intervalMs',
    'graphRequests',
    'zoomRequests',
    'exports',
    'failures',
  ],
  CycleStarted: ['jobId', 'cycleId', 'action'],
  FiguresNotRead: ['jobId', 'code'],
  ForeignApiHost: ['jobId', 'code'],
  Notice: ['jobId', 'family', 'outcome', 'action', 'count', 'code', 'requestId'],
  NoticeGivenUp: ['jobId', 'action', 'outcome', 'code', 'count'],
  NoticeNotSent: ['jobId', 'action', 'outcome', 'code', 'count'],
  NotifierFailed: ['jobId', 'outcome', 'code'],
  OldLogsDropped: ['jobId', 'count'],
  OldLogsNotDropped: ['jobId', 'code'],
  PageFailed: ['jobId', 'requestId', 'code'],
  PhaseIncomplete: ['jobId', 'cycleId', 'phase', 'code'],
  PoisonMessage: ['jobId', 'cycleId', 'slice'],
  SliceFailed: ['jobId', 'cycleId', 'slice', 'code'],
  StreamIncomplete: ['cycleId', 'code', 'requestId'],
  TargetDown: ['jobId', 'cycleId', 'code', 'count'],
  TargetRowUnreadable: ['jobId', 'code'],
  TelemetryNotSent: [],
} as const satisfies Record<string, readonly DimensionName[]>;

export type EventName = keyof typeof events;

interface Metric {
  readonly name: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  /** UCUM, as OpenTelemetry has it. */
  readonly unit: string;
  readonly description: string;
  readonly dimensions: readonly DimensionName[];
}

/**
 * Every metric. In Application Insights: `customMetrics`, `AppMetrics`; a counter or histogram has its total in `Sum`, a
 * gauge its last value. Gauges are set at each tick of the timer; those that count objects are exact up to a thousand.
 */
export const metrics = {
  heartbeat: {
    name: 'sync.heartbeat',
    kind: 'counter',
    unit: '{tick}',
    description: 'one for each tick of the timer that was served',
    dimensions: ['jobId'],
  },
  objects: {
    name: 'sync.objects',
    kind: 'counter',
    unit: '{object}',
    description:
      'objects evaluated; action: create, adopt, update, enable, disable, delete, remove (not carried out), other; outcome: success, failure, skipped, staged; code: of a failure or skip',
    dimensions: ['jobId', 'action', 'outcome', 'code'],
  },
  requests: {
    name: 'sync.requests',
    kind: 'counter',
    unit: '{request}',
    description: 'attempts sent to Graph and Zoom, token requests included',
    dimensions: ['jobId', 'service', 'status'],
  },
  throttleWait: {
    name: 'sync.throttle.wait',
    kind: 'histogram',
    unit: 'ms',
    description: 'waits before a request that the service had refused for its rate is sent again',
    dimensions: ['jobId', 'service'],
  },
  cycleDuration: {
    name: 'sync.cycle.duration',
    kind: 'histogram',
    unit: 'ms',
    description: 'cycles from start to end; action: kind; outcome: Succeeded, EntryLevelErrors, Failed',
    dimensions: ['jobId', 'action', 'outcome'],
  },
  sliceDuration: {
    name: 'sync.slice.duration',
    kind: 'histogram',
    unit: 'ms',
    description: 'slices that did some work; outcome: continued, paused, clearing, finished, failed',
    dimensions: ['jobId', 'outcome'],
  },
  cycleIntervals: {
    name: 'sync.cycle.intervals',
    kind: 'gauge',
    unit: '1',
    description:
      'age of the cycle that runs, in intervals of the job: above 1 it is longer than its interval; 0: none runs',
    dimensions: ['jobId', 'action'],
  },
  escrowed: {
    name: 'sync.escrowed',
    kind: 'gauge',
    unit: '{object}',
    description: 'objects whose last attempt failed and that are tried again',
    dimensions: ['jobId'],
  },
  staged: {
    name: 'sync.staged',
    kind: 'gauge',
    unit: '{object}',
    description: 'removals that wait for their day or for the deletion guard',
    dimensions: ['jobId'],
  },
  held: {
    name: 'sync.held',
    kind: 'gauge',
    unit: '{object}',
    description: 'removals that wait for a person to release or reject them',
    dimensions: ['jobId'],
  },
  quarantine: {
    name: 'sync.quarantine',
    kind: 'gauge',
    unit: '1',
    description: '1 while the job is in quarantine, else 0; the event Notice of family quarantine says why',
    dimensions: ['jobId'],
  },
  pendingAge: {
    name: 'sync.pending.age',
    kind: 'gauge',
    unit: 'ms',
    description: 'for how long the object that is overdue longest has been due for evaluation; 0: none is due',
    dimensions: ['jobId'],
  },
  linked: {
    name: 'sync.linked',
    kind: 'gauge',
    unit: '{object}',
    description: 'people with an account of ours; outcome: active, disabled',
    dimensions: ['jobId', 'outcome'],
  },
  credentialDaysLeft: {
    name: 'sync.credential.daysLeft',
    kind: 'gauge',
    unit: 'd',
    description: 'days until the Zoom credential is taken to end; action: bearer, refreshToken',
    dimensions: ['jobId', 'action'],
  },
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;

const isMetricId = (text: string): text is MetricId => Object.hasOwn(metrics, text);

/** The metric that goes out by this name. */
export const findMetric = (name: string): MetricId | null =>
  Object.keys(metrics)
    .filter(isMetricId)
    .find((id) => metrics[id].name === name) ?? null;

/** Every span, and the dimensions it may carry. In Application Insights: `dependencies`, `AppDependencies`. */
export const spans = {
  cycle: ['jobId', 'cycleId', 'action', 'outcome', 'code'],
  slice: ['jobId', 'cycleId', 'slice', 'outcome', 'code'],
  phase: ['jobId', 'cycleId', 'slice', 'phase', 'code'],
  request: ['service', 'method', 'path', 'status', 'code', 'requestId'],
} as const satisfies Record<string, readonly DimensionName[]>;

export type SpanName = keyof typeof spans;
