import type { Clock } from '../../clock.js';
import type { CoreLogLevel } from './coreTypes.js';

/** One line of the host's log. `category` is the one that host.json's `logging.logLevel` filters by. */
export interface LogLine {
  readonly level: CoreLogLevel;
  readonly category: string;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}

export type HostLog = (line: LogLine) => void;

const severity: Readonly<Record<CoreLogLevel, number>> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

/**
 * Writes each line that passes `levels` (category prefix → least level, `default` for the rest) as one line of text:
 * time, level, function, invocation, message.
 */
export function createLineLog(
  levels: Readonly<Record<string, string>>,
  clock: Pick<Clock, 'nowMs'>,
  write: (text: string) => void,
): HostLog {
  return (line) => {
    if (severity[line.level] < leastSeverity(levels, line.category)) return;
    const time = new Date(clock.nowMs()).toISOString();
    const where = [line.functionName ?? line.category, line.invocationId].filter((part) => part !== undefined);
    const message = line.message.replace(/\s*\r?\n\s*/g, ' | ');
    write(`${time} ${line.level} ${where.join(' ')} ${message}\n`);
  };
}

function leastSeverity(levels: Readonly<Record<string, string>>, category: string): number {
  const matching = Object.keys(levels)
    .filter((prefix) => category === prefix || category.startsWith(`${prefix}.`))
    .sort((a, b) => b.length - a.length);
  const name = (levels[matching[0] ?? 'default'] ?? levels.default ?? 'information').toLowerCase();
  return isLevel(name) ? severity[name] : severity.information;
}

const isLevel = (name: string): name is CoreLogLevel => Object.hasOwn(severity, name);
