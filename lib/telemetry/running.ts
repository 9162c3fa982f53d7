import type { EventKeys, Telemetry, Tracer } from '../engine/ports.js';
import type { MetricId } from './names.js';

/** What a service was asked, as spans and metrics may know it. */
export interface SentRequest {
  readonly service: 'graph' | 'zoom';
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly durationMs: number;
  readonly failure: string | null;
}

/** A cycle that has ended. */
export interface EndedCycle {
  readonly cycleId: string;
  readonly startedMs: number;
  readonly endedMs: number;
  /** With a `code` it counts as failed. */
  readonly keys: EventKeys;
}

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** What an invocation says of itself, as the host hands it over. */
export interface InvocationLog {
  readonly level: LogLevel;
  readonly message: string;
  readonly functionName: string | null;
  readonly invocationId: string | null;
  /** W3C; of the host's own span of the invocation. */
  readonly traceparent: string | null;
}

/** Telemetry of this process, once it is open. Nothing of it throws or keeps the process alive. */
export interface RunningTelemetry {
  readonly isOn: boolean;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  measure(metric: MetricId, value: number, keys: EventKeys): void;
  recordRequest(request: SentRequest): void;
  recordCycle(cycle: EndedCycle): void;
  /** What a message for a slice of this cycle carries; null where no traces are kept. */
  traceparentOf(cycleId: string): string | null;
  writeLog(line: InvocationLog): void;
  /** Runs work as part of the host's span of an invocation. */
  runWithin<T>(traceparent: string, work: () => T): T;
  /** Sends what waits; resolves after a few seconds at most. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}
