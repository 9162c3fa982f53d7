import type { Telemetry } from '../engine/ports.js';
import { noTracer } from './noTracer.js';
import type { RunningTelemetry } from './running.js';

const nothing = (): void => undefined;
const nothingLater = async (): Promise<void> => undefined;

/** Where nobody is to be told: events go to `telemetry`, all else nowhere. */
export const createOffTelemetry = (telemetry: Telemetry): RunningTelemetry => ({
  isOn: false,
  telemetry,
  tracer: noTracer,
  measure: nothing,
  recordRequest: nothing,
  recordCycle: nothing,
  traceparentOf: () => null,
  writeLog: nothing,
  runWithin: (_traceparent, work) => work(),
  flush: nothingLater,
  stop: nothingLater,
});
