import type { Effect, Outcome } from './outcome.js';
import type { RecordStatus, RecordStep } from './record.js';

/** How an outcome ended, in the log's terms. */
export const statusOf = (effect: Effect): RecordStatus => {
  switch (effect.kind) {
    case 'exported':
      return effect.unapplied.length > 0 ? 'warning' : 'success';
    case 'removed':
    case 'staged':
      return 'success';
    case 'skipped':
    case 'deferred':
      return 'skipped';
    case 'failed':
      return 'failure';
  }
};

const step = (
  name: string,
  provisioningStepType: RecordStep['provisioningStepType'],
  status: RecordStatus,
  description: string,
  details: Readonly<Record<string, string>> = {},
): RecordStep => ({ name, provisioningStepType, status, description, details });

/** The steps of one outcome: import, scope, match, decision and, where something was sent, export. */
export const stepsOf = (outcome: Outcome): readonly RecordStep[] => {
  const { assessment, match, decision, effect } = outcome;
  const { scope, subject } = assessment;
  const verb = verbOf(outcome);
  const steps = [
    step(
      'EntryImport',
      'import',
      'success',
      subject.source ? 'Read from Microsoft Entra ID.' : 'Only the id is known.',
    ),
    step(
      'EntrySynchronizationScoping',
      'scoping',
      scope.verdict === 'in' ? 'success' : 'skipped',
      `In scope: ${scope.verdict}.`,
      Object.fromEntries(scope.gates.map((gate) => [gate.name, gate.detail])),
    ),
  ];
  if (match) {
    steps.push(
      step('EntryMatching', 'matching', match.kind === 'fault' ? 'failure' : 'success', `Match: ${match.kind}.`, {
        ...(outcome.invalidAnchor ? { InvalidAnchor: 'The linked account no longer exists in Zoom.' } : {}),
      }),
    );
  }
  steps.push(
    step(
      `EntrySynchronization${verb}`,
      'processing',
      verb === 'Skip' ? 'skipped' : 'success',
      `Decision: ${decision.kind}.`,
      {
        ...(effect.kind === 'skipped' ? { SkipReason: effect.reason } : {}),
      },
    ),
  );
  if (effect.kind === 'exported' || effect.kind === 'removed' || (effect.kind === 'failed' && verb !== 'Skip')) {
    steps.push(
      step(`EntryExport${verb}`, 'export', statusOf(effect), describeExport(effect), unappliedDetails(effect)),
    );
  }
  return steps;
};

const verbOf = ({ decision, effect, assessment }: Outcome): 'Add' | 'Update' | 'Delete' | 'Skip' => {
  switch (decision.kind) {
    case 'create':
      return 'Add';
    case 'update':
      return 'Update';
    case 'remove':
      return isDeletion(effect, assessment.removal) ? 'Delete' : 'Update';
    case 'skip':
    case 'fail':
      return 'Skip';
  }
};

const isDeletion = (effect: Effect, removal: Outcome['assessment']['removal']): boolean =>
  effect.kind === 'removed'
    ? effect.operation === 'delete'
    : removal?.rule.kind === 'delete' && removal.rule.afterMs === 0;

const describeExport = (effect: Effect): string => {
  if (effect.kind === 'failed') return `Failed: ${effect.fault.code}.`;
  if (effect.kind === 'exported' || effect.kind === 'removed') return `Done: ${effect.operation}.`;
  return '';
};

/** What the export step says was done; null where nothing was exported. */
export const exportedAs = (steps: readonly RecordStep[]): Extract<Effect, { kind: 'exported' }>['operation'] | null => {
  const exported = steps.find(({ provisioningStepType }) => provisioningStepType === 'export');
  const operations = ['create', 'adopt', 'update', 'enable'] as const;
  return operations.find((operation) => exported?.description === `Done: ${operation}.`) ?? null;
};

const unappliedDetails = (effect: Effect): Readonly<Record<string, string>> =>
  effect.kind === 'exported'
    ? Object.fromEntries(effect.unapplied.map(({ path }) => [path, isLicence(path) ? 'downgraded' : 'notApplied']))
    : {};

const isLicence = (path: string): boolean => path === 'userType';
