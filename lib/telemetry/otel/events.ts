import type { Context } from '@opentelemetry/api';
import { type Logger, SeverityNumber } from '@opentelemetry/api-logs';
import type { Clock } from '../../clock.js';
import type { Telemetry } from '../../engine/ports.js';
import type { InvocationLog, LogLevel } from '../running.js';

export interface EventOptions {
  readonly logger: Logger;
  readonly clock: Clock;
  /** The span that runs now. */
  readonly active: () => Context;
}

/** By this attribute Application Insights takes a log record for a custom event (Microsoft, custom events). */
const customEventName = 'microsoft.custom_event.name';

const severities = {
  info: SeverityNumber.INFO,
  warning: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
} as const;

/** Events as log records that belong to the span that runs. */
export const createEventWriter =
  ({ logger, clock, active }: EventOptions): Telemetry['event'] =>
  (level, name, keys) =>
    logger.emit({
      eventName: name,
      body: name,
      timestamp: clock.nowMs(),
      severityNumber: severities[level],
      severityText: level,
      attributes: { [customEventName]: name, level, ...keys },
      context: active(),
    });

const logSeverities: Readonly<Record<LogLevel, SeverityNumber>> = {
  none: SeverityNumber.UNSPECIFIED,
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  information: SeverityNumber.INFO,
  warning: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  critical: SeverityNumber.FATAL,
};

/** What invocations say of themselves, from `information` up: once this process exports, the host drops it. */
export const createLogWriter =
  ({ logger, clock }: Omit<EventOptions, 'active'>, contextOf: (traceparent: string) => Context | null) =>
  ({ level, message, functionName, invocationId, traceparent }: InvocationLog): void => {
    const severityNumber = logSeverities[level];
    if (severityNumber < SeverityNumber.INFO) return;
    const context = traceparent === null ? null : contextOf(traceparent);
    logger.emit({
      body: message,
      timestamp: clock.nowMs(),
      severityNumber,
      severityText: level,
      attributes: {
        ...(functionName === null ? {} : { function: functionName }),
        ...(invocationId === null ? {} : { invocationId }),
      },
      ...(context === null ? {} : { context }),
    });
  };
