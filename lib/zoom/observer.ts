import type { Fault } from '../engine/model.js';
import type { RequestRecord } from '../http/trace.js';

/** What the target tells beside its results, for logs, metrics and a cycle's request count. Nothing here may throw. */
export interface ZoomObserver {
  /** Each attempt, token requests included. */
  request?(record: RequestRecord): void;
  /** Zoom refused for the rate: how long nothing, or this request, is sent. */
  throttled?(waitMs: number): void;
  /** A list held a row that could not be read; the rows around it count. */
  unreadableRow?(fault: Fault): void;
  /** Zoom says that the account's API lives on another host than the configured one. Nothing is sent there. */
  foreignApiHost?(host: string): void;
}
