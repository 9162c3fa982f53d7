import type { Clock } from '../clock.js';
import type { Directory, Notifier, Target, Telemetry, Tracer } from './ports.js';
import type { CycleQueue, State } from './state.js';

/** Everything the engine asks of the world around it. */
export interface World {
  readonly jobId: string;
  readonly tenantId: string;
  readonly servicePrincipalId: string;
  readonly directory: Directory;
  readonly target: Target;
  readonly state: State;
  readonly queue: CycleQueue;
  readonly notifier: Notifier;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  readonly clock: Clock;
  /** Ids that carry their time (RFC 9562, version 7), so that a log record written again is the same row. */
  readonly newId: () => string;
  /** Requests sent so far by this process, for the counts of a cycle. */
  readonly requestCounts: () => { readonly graph: number; readonly zoom: number };
}
