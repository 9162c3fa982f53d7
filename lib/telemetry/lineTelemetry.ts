import type { Clock } from '../clock.js';
import type { EventKeys, Telemetry } from '../engine/ports.js';

/** One line of JSON an event: a fixed set of keys, no values of people. Counts are kept for whoever reads them. */
export const createLineTelemetry = (
  clock: Clock,
  write: (level: 'info' | 'warning' | 'error', line: string) => void,
): Telemetry => ({
  event(level, name, keys: EventKeys) {
    write(level, JSON.stringify({ time: new Date(clock.nowMs()).toISOString(), level, event: name, ...keys }));
  },
  count(name, by, keys) {
    write('info', JSON.stringify({ time: new Date(clock.nowMs()).toISOString(), metric: name, by, ...keys }));
  },
});
