import type { Fault } from './model.js';
import type { Effect, Outcome } from './outcome.js';
import type { RecordError } from './record.js';
import { gateAdvice, gateOf, skipAdvice, unappliedAdvice } from './recordAdvice.js';
import type { Redaction } from './redaction.js';

/** Why an outcome is none of success, and what to do about it; null for a success. */
export const errorOf = (outcome: Outcome, redaction: Redaction): RecordError | null => {
  const { effect } = outcome;
  switch (effect.kind) {
    case 'skipped':
      return errorOfSkip(outcome, effect, redaction);
    case 'failed':
      return errorOfFault(effect.fault, outcome);
    case 'exported':
      return errorOfUnapplied(effect);
    case 'removed':
    case 'staged':
    case 'deferred':
      return null;
  }
};

const letGo = ' The Zoom account was let go by a restart and is no longer managed.';

type Skipped = Extract<Effect, { kind: 'skipped' }>;

/** Out of scope is told by every gate that did not let pass, in the order of the gates. */
const errorOfSkip = (outcome: Outcome, { reason, detail }: Skipped, redaction: Redaction): RecordError => {
  const { scope, barred, subject } = outcome.assessment;
  const base = {
    errorCode: reason,
    errorCategory: reason === 'RedundantExport' ? 'success' : 'nonServiceFailure',
  } as const;
  const isOutOfScope = reason === 'ScopingFilter' || (reason === 'NotEffectivelyEntitled' && scope.verdict === 'out');
  const [trigger] = scope.triggers;
  if (!isOutOfScope || trigger === undefined) {
    const shown = barred?.kind === 'notImported' ? redaction.showFilter(detail) : detail;
    return { ...base, reason: shown, additionalDetails: null, recommendedAction: skipAdvice[reason] };
  }
  const closed = new Set(scope.triggers.map((one) => gateOf[one]));
  const words = scope.gates
    .filter(({ name, passed }) => closed.has(name) && !passed)
    .map((gate) => (gate.name === gateOf.filteredOut ? redaction.showFilter(gate.detail) : gate.detail));
  return {
    ...base,
    reason: words.join('; '),
    additionalDetails: `Out of scope by: ${[...closed].join(', ')}.${subject.stored.row.link?.state === 'detached' ? letGo : ''}`,
    recommendedAction: gateAdvice[trigger],
  };
};

const errorOfFault = (fault: Fault, { decision, assessment }: Outcome): RecordError => {
  const isStillActive = decision.kind === 'remove' && assessment.subject.stored.row.link?.state === 'active';
  return {
    errorCode: fault.code,
    reason: isStillActive ? `Still active in Zoom: ${fault.message}` : fault.message,
    additionalDetails: fault.request
      ? `${fault.request.method} ${fault.request.path} answered ${fault.request.status ?? 'nothing'} (request ${fault.request.requestId ?? 'without id'})`
      : null,
    recommendedAction: fault.recommendedAction,
    errorCategory: fault.whose === 'us' ? 'failure' : 'nonServiceFailure',
  };
};

/** Licences are downgraded, everything else is not applied. */
export const unappliedKind = (path: string): keyof typeof unappliedAdvice =>
  path === 'userType' ? 'downgraded' : 'notApplied';

const errorOfUnapplied = ({ unapplied }: Extract<Effect, { kind: 'exported' }>): RecordError | null => {
  if (unapplied.length === 0) return null;
  const kinds = unapplied.map(({ path }) => unappliedKind(path));
  const kind = kinds.includes('downgraded') ? 'downgraded' : 'notApplied';
  return {
    errorCode: kind === 'downgraded' ? 'Downgraded' : 'NotApplied',
    reason: `Zoom answered with success but does not hold what was asked at ${unapplied.map(({ path }) => path).join(', ')}.`,
    additionalDetails: null,
    recommendedAction: unappliedAdvice[kind],
    errorCategory: 'nonServiceFailure',
  };
};
