import type { CycleQueue } from '../engine/state.js';
import type { RequestObserver } from '../http/trace.js';
import type { RunningTelemetry } from '../telemetry/running.js';

/** Messages that name a cycle carry its trace, so that whoever takes one joins it. */
export const traceQueue = (
  queue: CycleQueue,
  { traceparentOf }: Pick<RunningTelemetry, 'traceparentOf'>,
): CycleQueue => ({
  send: (message, delayMs) => {
    const traceparent = message.cycleId === null ? null : traceparentOf(message.cycleId);
    return queue.send(traceparent === null ? message : { ...message, traceparent }, delayMs);
  },
});

export interface ObservedRequests {
  readonly observe: RequestObserver;
  /** A wait that a service’s throttling causes. */
  throttled(service: 'graph' | 'zoom', waitMs: number): void;
}

/** Requests as spans and metrics, and for `also`. */
export const observeRequests = (running: RunningTelemetry, jobId: string, also: RequestObserver): ObservedRequests => ({
  observe: (record) => {
    also(record);
    running.recordRequest(record);
    running.measure('requests', 1, { jobId, service: record.service, status: record.status ?? 0 });
  },
  throttled: (service, waitMs) => running.measure('throttleWait', waitMs, { jobId, service }),
});
