import type { Change, JsonValue } from './model.js';
import type { Effect, Outcome } from './outcome.js';
import type { RecordError, RecordRow } from './record.js';
import { statusOf, stepsOf } from './recordSteps.js';
import type { World } from './world.js';

/** Who asked: a cycle of the service, or a person on demand. */
export interface RecordContext {
  readonly world: Pick<World, 'jobId' | 'tenantId' | 'servicePrincipalId'>;
  readonly cycleId: string;
  readonly recordId: string;
  /** Source attributes and target paths whose values the log replaces. */
  readonly redact: ReadonlySet<string>;
  readonly held: boolean;
  /** Whoever asked on demand; the service itself by default. */
  readonly initiatedBy?: RecordRow['initiatedBy'];
}

/** The provisioning log record of one outcome: every gate, the match, the decision and what came of it. */
export const recordOf = (outcome: Outcome, context: RecordContext): RecordRow => {
  const { assessment, effect } = outcome;
  const { world } = context;
  const attributes = assessment.attributes ?? {};
  const name = attributes['displayName'];
  const upn = attributes['originalUserPrincipalName'] ?? attributes['userPrincipalName'];
  const targetId = targetIdOf(outcome);
  return {
    id: context.recordId,
    activityDateTime: new Date(outcome.startedMs).toISOString(),
    tenantId: world.tenantId,
    jobId: world.jobId,
    cycleId: context.cycleId,
    changeId: context.recordId,
    provisioningAction: context.held ? 'stagedDelete' : actionOf(effect),
    durationInMilliseconds: Math.max(0, Math.round(outcome.endedMs - outcome.startedMs)),
    initiatedBy: context.initiatedBy ?? { id: '', displayName: 'entra-zoom-sync', initiatorType: 'system' },
    servicePrincipal: { id: world.servicePrincipalId, displayName: 'Zoom' },
    sourceSystem: { id: world.tenantId, displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: {
      id: world.servicePrincipalId,
      displayName: 'Zoom',
      details: { ServicePrincipalId: world.servicePrincipalId },
    },
    sourceIdentity: {
      id: assessment.subject.stored.row.id,
      displayName: typeof name === 'string' ? shown('displayName', name, context.redact) : '',
      identityType: 'User',
      details: typeof upn === 'string' ? { userPrincipalName: shown('userPrincipalName', upn, context.redact) } : {},
    },
    targetIdentity: { id: targetId ?? '', displayName: '', identityType: 'User', details: {} },
    provisioningStatusInfo: { status: statusOf(effect), errorInformation: errorOf(effect) },
    provisioningSteps: stepsOf(outcome),
    modifiedProperties: modifiedOf(outcome, context.redact),
  };
};

const targetIdOf = ({ assessment, effect, decision }: Outcome): string | null => {
  if (effect.kind === 'exported') return effect.link.targetId;
  if ('targetId' in decision) return decision.targetId;
  return assessment.subject.stored.row.link?.targetId ?? null;
};

const actionOf = (effect: Effect): RecordRow['provisioningAction'] => {
  if (effect.kind === 'removed') return effect.operation;
  if (effect.kind === 'staged') return 'stagedDelete';
  if (effect.kind !== 'exported') return 'other';
  return effect.operation === 'create' ? 'create' : 'update';
};

const errorOf = (effect: Effect): RecordError | null => {
  if (effect.kind === 'skipped') {
    return {
      errorCode: effect.reason,
      reason: effect.detail,
      additionalDetails: null,
      recommendedAction: null,
      errorCategory: 'nonServiceFailure',
    };
  }
  if (effect.kind !== 'failed') return null;
  const { fault } = effect;
  return {
    errorCode: fault.code,
    reason: fault.message,
    additionalDetails: fault.request
      ? `${fault.request.method} ${fault.request.path} answered ${fault.request.status ?? 'nothing'} (request ${fault.request.requestId ?? 'without id'})`
      : null,
    recommendedAction: fault.recommendedAction,
    errorCategory: fault.whose === 'us' ? 'failure' : 'nonServiceFailure',
  };
};

const modifiedOf = (outcome: Outcome, redact: ReadonlySet<string>): RecordRow['modifiedProperties'] => {
  const changes: Change[] = [...outcome.changes];
  if (outcome.effect.kind === 'removed' && outcome.effect.operation === 'disable')
    changes.push({ path: 'active', old: true, new: false });
  if (outcome.effect.kind === 'exported' && outcome.effect.operation === 'enable') {
    changes.push({ path: 'active', old: false, new: true });
  }
  return changes.map(({ path, old, new: value }) => ({
    displayName: path,
    oldValue: old === undefined || old === null ? null : shown(path, textOf(old), redact),
    newValue: shown(path, textOf(value), redact),
  }));
};

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

const shown = (path: string, value: string, redact: ReadonlySet<string>): string =>
  redact.has(path) ? '(redacted)' : value;
