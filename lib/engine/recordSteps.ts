import type { Attributes } from '../expressions/attributes.js';
import type { CompiledMapping } from '../mapping/compiled.js';
import type { Match, TargetAccount } from './model.js';
import type { Effect, Outcome } from './outcome.js';
import type { RecordStatus, RecordStep } from './record.js';
import { gateOf } from './recordAdvice.js';
import { unappliedKind } from './recordError.js';
import type { Redaction } from './redaction.js';
import { removalOperation } from './removalPolicy.js';

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

type Details = RecordStep['details'];

const step = (
  name: string,
  provisioningStepType: RecordStep['provisioningStepType'],
  status: RecordStatus,
  description: string,
  details: Details = {},
): RecordStep => ({ name, provisioningStepType, status, description, details });

/** The steps of one outcome: import, scope, match, decision and, where something was sent, export. */
export const stepsOf = (outcome: Outcome, mapping: CompiledMapping, redaction: Redaction): readonly RecordStep[] => {
  const { match, decision, effect } = outcome;
  const verb = verbOf(outcome);
  const steps = [importStep(outcome, redaction), scopeStep(outcome, redaction)];
  if (match) steps.push(matchStep(match, outcome, mapping, redaction));
  steps.push(
    step(
      `EntrySynchronization${verb}`,
      'processing',
      verb === 'Skip' ? 'skipped' : 'success',
      `Decision: ${decision.kind}.`,
      effect.kind === 'skipped' ? { SkipReason: effect.reason } : {},
    ),
  );
  if (effect.kind === 'exported' || effect.kind === 'removed' || (effect.kind === 'failed' && verb !== 'Skip')) {
    steps.push(step(`EntryExport${verb}`, 'export', statusOf(effect), describeExport(effect), exportDetails(effect)));
  }
  return steps;
};

/** The attributes as read; those without a value are absent. */
const importStep = ({ assessment: { subject, attributes } }: Outcome, redaction: Redaction): RecordStep => {
  if (subject.readFault) {
    return step('EntryImport', 'import', 'failure', `Could not be read: ${subject.readFault.code}.`);
  }
  const description = subject.source ? 'Read from Microsoft Entra ID.' : 'Only the id is known.';
  return step('EntryImport', 'import', 'success', description, attributeDetails(attributes ?? {}, redaction));
};

const attributeDetails = (attributes: Attributes, redaction: Redaction): Details =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
        ? []
        : [[name, redaction.showSource(name, value)]],
    ),
  );

/** Every gate with the value it saw, and Microsoft's names of the gates with their answer. */
const scopeStep = ({ assessment: { scope } }: Outcome, redaction: Redaction): RecordStep => {
  const saw = scope.gates.map(({ name, detail }) => [
    name,
    name === gateOf.filteredOut ? redaction.showFilter(detail) : detail,
  ]);
  const answers = scope.gates.flatMap(({ name, passed }) => {
    const answer = passed ? 'True' : 'False';
    const shown = microsoftGates[name];
    return shown === undefined ? [] : [[shown, answer]];
  });
  return step(
    'EntrySynchronizationScoping',
    'scoping',
    scope.verdict === 'in' ? 'success' : 'skipped',
    `In scope: ${scope.verdict}.`,
    Object.fromEntries([...saw, ...answers]),
  );
};

const microsoftGates: Readonly<Record<string, string>> = {
  [gateOf.unassigned]: 'Assigned to the application',
  [gateOf.blocked]: 'Active in the source system',
  [gateOf.filteredOut]: 'Scoping filter evaluation passed',
};

const matchStep = (match: Match, outcome: Outcome, mapping: CompiledMapping, redaction: Redaction): RecordStep =>
  step('EntryMatching', 'matching', match.kind === 'fault' ? 'failure' : 'success', `Match: ${match.kind}.`, {
    ...matchDetails(match, mapping, redaction),
    ...(outcome.invalidAnchor ? { InvalidAnchor: 'The linked account no longer exists in Zoom.' } : {}),
  });

const matchDetails = (match: Match, mapping: CompiledMapping, redaction: Redaction): Details => {
  switch (match.kind) {
    case 'linked':
    case 'found':
      return {
        id: match.kind === 'found' ? match.account.id : match.targetId,
        ...(match.account ? accountDetails(match.account, mapping, redaction) : {}),
      };
    case 'several':
      return { ids: match.targetIds.join(', ') };
    case 'fault':
      return { ErrorCode: match.fault.code };
    case 'vanished':
    case 'none':
    case 'invited':
    case 'pendingOrForeign':
      return {};
  }
};

/** What the account holds of what is mapped. */
const accountDetails = (account: TargetAccount, mapping: CompiledMapping, redaction: Redaction): Details =>
  Object.fromEntries(
    Object.keys(mapping.readBy).flatMap((path) => {
      const value = mapping.readTargetPath(account.resource, path);
      return value === undefined || value === null ? [] : [[path, redaction.showTarget(path, value)]];
    }),
  );

const verbOf = ({ decision, effect, assessment }: Outcome): 'Add' | 'Update' | 'Delete' | 'Skip' => {
  const removed = effect.kind === 'removed' ? effect.operation : removalOperation(assessment.removal);
  switch (decision.kind) {
    case 'create':
      return 'Add';
    case 'update':
      return 'Update';
    case 'remove':
      return removed === 'delete' ? 'Delete' : 'Update';
    case 'skip':
    case 'fail':
      return 'Skip';
  }
};

const describeExport = (effect: Effect): string => {
  if (effect.kind === 'failed') return `Failed: ${effect.fault.code}.`;
  if (effect.kind === 'exported' && effect.link.invited)
    return `Done: ${effect.operation}. Zoom has invited the person.`;
  if (effect.kind === 'exported' || effect.kind === 'removed') return `Done: ${effect.operation}.`;
  return '';
};

/** What the export step says was done; null where nothing was exported. */
export const exportedAs = (steps: readonly RecordStep[]): Extract<Effect, { kind: 'exported' }>['operation'] | null => {
  const exported = steps.find(({ provisioningStepType }) => provisioningStepType === 'export');
  const operations = ['create', 'adopt', 'update', 'enable'] as const;
  return operations.find((operation) => exported?.description.startsWith(`Done: ${operation}.`)) ?? null;
};

const exportDetails = (effect: Effect): Details =>
  effect.kind === 'exported' ? Object.fromEntries(effect.unapplied.map(({ path }) => [path, unappliedKind(path)])) : {};
