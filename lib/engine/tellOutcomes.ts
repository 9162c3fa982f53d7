import { isStranger, type Outcome } from './outcome.js';
import type { EventKeys, Telemetry } from './ports.js';

/** Counts what objects came to as a metric, by operation, result and code; nothing names an object. */
export const tellOutcomes = (outcomes: readonly Outcome[], telemetry: Telemetry, jobId: string): void => {
  const tally = new Map<string, { readonly keys: EventKeys; count: number }>();
  for (const outcome of outcomes) {
    const keys = isStranger(outcome) ? null : keysOf(outcome);
    if (!keys) continue;
    const key = Object.values(keys).join();
    const entry = tally.get(key) ?? { keys, count: 0 };
    entry.count += 1;
    tally.set(key, entry);
  }
  for (const { keys, count } of tally.values()) telemetry.count('sync.objects', count, { jobId, ...keys });
};

const keysOf = ({ effect, decision }: Outcome): EventKeys | null => {
  switch (effect.kind) {
    case 'exported':
    case 'removed':
      return { action: effect.operation, outcome: 'success' };
    case 'staged':
      return { action: 'remove', outcome: 'staged' };
    case 'skipped':
      return { action: actionOf(decision), outcome: 'skipped', code: effect.reason };
    case 'failed':
      return { action: actionOf(decision), outcome: 'failure', code: effect.fault.code };
    case 'deferred':
      return null;
  }
};

const actionOf = (decision: Outcome['decision']): string => {
  switch (decision.kind) {
    case 'create':
    case 'remove':
      return decision.kind;
    case 'update':
      return decision.enable ? 'enable' : 'update';
    case 'skip':
    case 'fail':
      return 'other';
  }
};
