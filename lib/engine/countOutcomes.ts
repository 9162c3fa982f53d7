import { isStranger, type Outcome } from './outcome.js';

/**
 * Counts what an execution tells beside its actions: who was assigned, who of them passed every gate, what was sent to
 * the target whatever came of it, and who waits for something that no failure of theirs caused.
 */
export const countOutcomes = (outcomes: readonly Outcome[], count: (key: string, by: number) => void): void => {
  for (const outcome of outcomes) {
    if (outcome.effect.kind === 'deferred' || isStranger(outcome)) continue;
    if (isAssigned(outcome)) count('entitled', 1);
    if (outcome.assessment.scope.verdict === 'in') count('entitledForProvisioning', 1);
    if (wasSent(outcome)) count('exports', 1);
    if (waits(outcome)) count('waiting', 1);
  }
};

const isAssigned = ({ assessment }: Outcome): boolean =>
  assessment.scope.gates.some(({ name, passed }) => name === 'assignment' && passed);

const wasSent = ({ decision, effect }: Outcome): boolean =>
  decision.kind !== 'skip' && decision.kind !== 'fail' && effect.kind !== 'staged' && effect.kind !== 'skipped';

const waits = ({ effect }: Outcome): boolean => {
  if (effect.kind !== 'skipped') return false;
  switch (effect.reason) {
    case 'ScopeUnknown':
    case 'NotVisibleYet':
    case 'PendingOrForeign':
    case 'Invited':
      return true;
    default:
      return false;
  }
};
