import type { Clock } from '../clock.js';
import type { Telemetry } from '../engine/ports.js';

const levels = ['info', 'warning', 'error'] as const;
type Level = (typeof levels)[number];

export interface LineTelemetryOptions {
  readonly clock: Clock;
  /** What is below it is not written. */
  readonly least: Level;
  readonly write: (line: string) => void;
}

/** One line of JSON an event: a fixed set of keys, no values of people. */
export const createLineTelemetry = ({ clock, least, write }: LineTelemetryOptions): Telemetry => {
  const isWritten = (level: Level): boolean => levels.indexOf(level) >= levels.indexOf(least);
  const stamp = () => new Date(clock.nowMs()).toISOString();
  return {
    event(level, name, keys) {
      if (isWritten(level)) write(`${JSON.stringify({ time: stamp(), level, event: name, ...keys })}\n`);
    },
    count(name, by, keys) {
      if (isWritten('info')) write(`${JSON.stringify({ time: stamp(), metric: name, by, ...keys })}\n`);
    },
  };
};
