import type { CompiledMapping } from '../../mapping/compiled.js';
import type { Gate, JsonValue, TargetAccount } from '../model.js';
import type { Outcome } from '../outcome.js';
import type { RecordRow, RecordStep } from '../record.js';
import { createRedaction, type Redaction } from '../redaction.js';
import type { DemandStep } from './demand.js';

export interface StepView {
  readonly mapping: CompiledMapping;
  readonly redact: ReadonlySet<string>;
  /** The account as it was seen before anything was sent. */
  readonly account: TargetAccount | null;
}

type View = Omit<StepView, 'redact'> & { readonly redaction: Redaction };

const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

type Show = (name: string, text: string) => string;

const showAll: Show = (_name, text) => text;

/** Values by name without those that are absent, as Microsoft shows them. */
const shownValues = (values: Iterable<readonly [string, unknown]>, show: Show): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...values]
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, show(name, textOf(value))]),
  );

/**
 * The steps of the log record, with what a person who watches wants to see beside them: the source's attributes, each
 * gate, the account in Zoom and the difference. Names and details are those of Microsoft's provision on demand.
 */
export const demandSteps = (outcome: Outcome, record: RecordRow, given: StepView): readonly DemandStep[] => {
  const view = { ...given, redaction: createRedaction(given.redact, given.mapping) };
  const startedAt = record.activityDateTime;
  const endedAt = new Date(outcome.endedMs).toISOString();
  const steps = record.provisioningSteps.flatMap((step): DemandStep[] => {
    switch (step.provisioningStepType) {
      case 'import':
        return [importStep(step, outcome, view, startedAt)];
      case 'scoping':
        return [scopeStep(step, outcome, view, startedAt), ...matchStep(outcome, view, startedAt)];
      case 'matching':
        return [];
      default:
        return [actionStep(step, record, endedAt)];
    }
  });
  return [...connectionStep(outcome, startedAt), ...steps];
};

const importStep = (step: RecordStep, outcome: Outcome, { redaction }: View, at: string): DemandStep => {
  const { subject, attributes } = outcome.assessment;
  const status = subject.readFault ? 'failure' : subject.source ? 'success' : 'skipped';
  const details = {
    objectId: subject.stored.row.id,
    ...shownValues(Object.entries(attributes ?? {}), redaction.showSource),
  };
  const description = subject.source ? 'Retrieved the user from Microsoft Entra ID.' : step.description;
  return { name: 'EntryImport', type: 'import', status, description, at, details };
};

const flag = (gates: readonly Gate[], name: string): string | null => {
  const gate = gates.find((one) => one.name === name);
  return gate ? textOf(gate.passed) : null;
};

/** Every gate twice: by Microsoft's name with True or False, and by ours with the value it saw. */
const scopeStep = (step: RecordStep, { assessment }: Outcome, { redaction }: View, at: string): DemandStep => {
  const { scope, barred } = assessment;
  const filter = scope.gates.find(({ name }) => name === 'scopingFilter');
  const details = shownValues(
    [
      ['IsActive', flag(scope.gates, 'accountEnabled') ?? flag(scope.gates, 'existence')],
      ['Assigned', flag(scope.gates, 'assignment')],
      ['IsEffectivelyEntitledForProvisioning', scope.verdict === 'in'],
      ['IsInProvisioningScopeDisplayName', scope.verdict === 'unknown' ? 'Unknown' : scope.verdict === 'in'],
      ['ScopeEvaluationResult', JSON.stringify(filter ? { [redaction.showFilter(filter.detail)]: filter.passed } : {})],
      ...scope.gates.map((gate) => [gate.name, `${textOf(gate.passed)}: ${showGate(gate, redaction)}`] as const),
      [
        'barred',
        barred?.kind === 'filterFailed' ? barred.fault.message : barred && redaction.showFilter(barred.detail),
      ],
    ],
    showAll,
  );
  return {
    name: 'EntrySynchronizationScoping',
    type: 'scoping',
    status: step.status,
    description: 'Determined whether the user is in scope by evaluating each gate.',
    at,
    details,
  };
};

/** What a filter saw may be a value that is not shown. */
const showGate = ({ name, detail }: Gate, redaction: Redaction): string =>
  name === 'scopingFilter' ? redaction.showFilter(detail) : detail;

const matchStep = (outcome: Outcome, view: View, at: string): readonly DemandStep[] => {
  const { match, assessment } = outcome;
  const account = view.account ?? (match && 'account' in match ? match.account : null);
  if (!match && !account) return [];
  const step = (status: DemandStep['status'], description: string, details: DemandStep['details']): DemandStep => ({
    name: 'EntryImport',
    type: 'matching',
    status,
    description,
    at,
    details: { ...searchedBy(outcome, view), ...details, ...(outcome.invalidAnchor ? vanished : {}) },
  });
  if (account) return [step('success', 'Retrieved the account from Zoom.', accountDetails(account, outcome, view))];
  switch (match?.kind) {
    case 'several':
      return [step('failure', 'Several accounts in Zoom match.', { id: match.targetIds.join(', ') })];
    case 'fault':
      return [step('failure', match.fault.message, { ErrorCode: match.fault.code })];
    case 'invited':
      return [step('success', 'Our invitation is open: the account cannot be read yet.', linkedId(assessment))];
    case 'pendingOrForeign':
      return [step('skipped', 'Zoom knows the e-mail as invited or as part of another account.', {})];
    default:
      return [step('success', 'No account in Zoom matches.', {})];
  }
};

const vanished = { InvalidAnchor: 'The linked account no longer exists in Zoom.' };

const linkedId = ({ subject }: Outcome['assessment']): DemandStep['details'] =>
  subject.stored.row.link ? { id: subject.stored.row.link.targetId } : {};

/** Which attribute was looked up with which value; by id where the user is linked. */
const searchedBy = ({ assessment, match }: Outcome, { mapping, redaction }: View): DemandStep['details'] => {
  if (match === null || match.kind === 'linked' || match.kind === 'invited') return { MatchedBy: 'link' };
  const values = assessment.mapped?.values ?? {};
  const tried = mapping.matching.filter(({ path }) => values[path] !== undefined);
  const text = tried.map(({ path }) => `${path} eq ${redaction.showTarget(path, textOf(values[path]))}`);
  return { MatchedBy: text.join('; ') };
};

/** The account's values at the paths that the schema maps. */
const accountDetails = (account: TargetAccount, outcome: Outcome, view: View): DemandStep['details'] => {
  const { mapped, subject } = outcome.assessment;
  const paths = new Set([...Object.keys(mapped?.values ?? {}), ...Object.keys(subject.stored.row.link?.asked ?? {})]);
  const values = [...paths].map((path): readonly [string, JsonValue | undefined] => [
    path,
    view.mapping.readTargetPath(account.resource, path),
  ]);
  return shownValues(
    [...values, ['id', account.id], ['userName', account.userName], ['active', account.active]],
    view.redaction.showTarget,
  );
};

/** The decision and what came of it, with each attribute that was or would be sent. */
const actionStep = (step: RecordStep, record: RecordRow, at: string): DemandStep => {
  const changes = record.modifiedProperties.map(({ displayName, newValue }) => [displayName, newValue] as const);
  const isSkip = step.name === 'EntrySynchronizationSkip';
  const { status: ended, errorInformation: error } = record.provisioningStatusInfo;
  const status = isSkip && ended === 'failure' ? ended : step.status;
  return {
    name: step.name,
    type: isSkip ? 'export' : step.provisioningStepType,
    status,
    description: isSkip && error ? error.reason : step.description,
    at,
    details: {
      ...shownValues(isSkip ? [] : changes, showAll),
      ...step.details,
      ...(status === 'failure' && error ? { ErrorCode: error.errorCode } : {}),
    },
  };
};

/** Shown only where the connection itself fails: credentials, prerequisites, or a service that is down. */
const connectionStep = ({ effect, match }: Outcome, at: string): readonly DemandStep[] => {
  const fault = effect.kind === 'failed' ? effect.fault : match?.kind === 'fault' ? match.fault : null;
  if (!fault || (fault.whose !== 'job' && fault.whose !== 'target')) return [];
  return [
    {
      name: 'TestConnection',
      type: 'import',
      status: 'failure',
      description: fault.message,
      at,
      details: { ErrorCode: fault.code, RecommendedAction: fault.recommendedAction },
    },
  ];
};
