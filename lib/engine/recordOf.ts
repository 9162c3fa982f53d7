import { instantOfId } from '../clock.js';
import type { CompiledMapping } from '../mapping/compiled.js';
import type { Change, Decision, JsonValue } from './model.js';
import type { Effect, Outcome } from './outcome.js';
import type { RecordIdentity, RecordRow } from './record.js';
import { errorOf } from './recordError.js';
import { statusOf, stepsOf } from './recordSteps.js';
import { createRedaction, type Redaction } from './redaction.js';
import { removalOperation } from './removalPolicy.js';
import type { World } from './world.js';

/** Who asked, and what of it the log shows. */
export interface RecordContext {
  readonly world: Pick<World, 'jobId' | 'tenantId' | 'servicePrincipalId'>;
  readonly cycleId: string;
  readonly recordId: string;
  /** Source attributes and target paths whose values the log replaces. */
  readonly redact: ReadonlySet<string>;
  readonly mapping: CompiledMapping;
  readonly held: boolean;
  /** Whoever asked on demand; the service itself by default. */
  readonly initiatedBy?: RecordRow['initiatedBy'];
}

type RecordFrame = Pick<
  RecordRow,
  | 'id'
  | 'activityDateTime'
  | 'tenantId'
  | 'jobId'
  | 'cycleId'
  | 'changeId'
  | 'initiatedBy'
  | 'servicePrincipal'
  | 'sourceSystem'
  | 'targetSystem'
>;

/**
 * What every record of a cycle says alike. A time-ordered id carries the instant at which the change was noted, and with
 * it the record's place in the log: a record written again later stands where it stood.
 */
export const frameRecord = (context: Omit<RecordContext, 'mapping' | 'held'>, startedMs: number): RecordFrame => {
  const { world, recordId } = context;
  return {
    id: recordId,
    activityDateTime: new Date(instantOfId(recordId) ?? startedMs).toISOString(),
    tenantId: world.tenantId,
    jobId: world.jobId,
    cycleId: context.cycleId,
    changeId: recordId,
    initiatedBy: context.initiatedBy ?? { id: '', displayName: 'entra-zoom-sync', initiatorType: 'system' },
    servicePrincipal: { id: world.servicePrincipalId, displayName: 'Zoom' },
    sourceSystem: { id: world.tenantId, displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: {
      id: world.servicePrincipalId,
      displayName: 'Zoom',
      details: { ServicePrincipalId: world.servicePrincipalId, ServicePrincipalDisplayName: 'Zoom' },
    },
  };
};

/** The provisioning log record of one outcome: every gate, the match, the decision and what came of it. */
export const recordOf = (outcome: Outcome, context: RecordContext): RecordRow => {
  const redaction = createRedaction(context.redact, context.mapping);
  return {
    ...frameRecord(context, outcome.startedMs),
    provisioningAction: context.held ? 'stagedDelete' : actionOf(outcome),
    durationInMilliseconds: Math.max(0, Math.round(outcome.endedMs - outcome.startedMs)),
    sourceIdentity: sourceOf(outcome, redaction),
    targetIdentity: targetOf(outcome, redaction),
    provisioningStatusInfo: { status: statusOf(outcome.effect), errorInformation: errorOf(outcome, redaction) },
    provisioningSteps: stepsOf(outcome, context.mapping, redaction),
    modifiedProperties: modifiedOf(outcome, redaction),
  };
};

const identityTypes = { user: 'User', group: 'Group' } as const;

/** userPrincipalName as the directory has it, guests' included; and mail where the mapping reads it. */
const sourceOf = ({ assessment }: Outcome, redaction: Redaction): RecordIdentity => {
  const { row } = assessment.subject.stored;
  const attributes = assessment.attributes ?? {};
  const show = (attribute: string): string => {
    const value = attributes[attribute];
    return typeof value === 'string' && value !== '' ? redaction.showSource(attribute, value) : '';
  };
  const userPrincipalName = show('originalUserPrincipalName') || show('userPrincipalName');
  const mail = show('mail');
  return {
    id: row.id,
    displayName: show('displayName'),
    identityType: identityTypes[row.type],
    details: { ...(userPrincipalName ? { userPrincipalName } : {}), ...(mail ? { mail } : {}) },
  };
};

const targetOf = ({ assessment, effect, decision, match }: Outcome, redaction: Redaction): RecordIdentity => {
  const { link, type } = assessment.subject.stored.row;
  const id = effect.kind === 'exported' ? effect.link.targetId : targetIdOf(decision, link?.targetId ?? null);
  const account = match && 'account' in match ? match.account : null;
  const path = type === 'group' ? 'displayName' : 'userName';
  const exported = effect.kind === 'exported' ? effect.link.held[path] : undefined;
  const userName = exported ?? account?.userName ?? (link?.targetId === id ? link?.held[path] : undefined);
  return {
    id: id ?? '',
    displayName: typeof userName === 'string' ? redaction.showTarget(path, userName) : '',
    identityType: identityTypes[type],
    details: {},
  };
};

const targetIdOf = (decision: Decision, linkedId: string | null): string | null =>
  'targetId' in decision ? decision.targetId : linkedId;

/** What was done, or of a failure what was attempted. */
const actionOf = ({ effect, decision, assessment }: Outcome): RecordRow['provisioningAction'] => {
  switch (effect.kind) {
    case 'removed':
      return effect.operation;
    case 'staged':
      return 'stagedDelete';
    case 'exported':
      return effect.operation === 'create' ? 'create' : 'update';
    case 'failed':
      if (decision.kind === 'remove') return removalOperation(assessment.removal);
      return decision.kind === 'create' || decision.kind === 'update' ? decision.kind : 'other';
    case 'skipped':
    case 'deferred':
      return 'other';
  }
};

const modifiedOf = (outcome: Outcome, redaction: Redaction): RecordRow['modifiedProperties'] =>
  [...outcome.changes, ...activeChange(outcome.effect)].map((change) => {
    const old = oldValueOf(change, outcome);
    return {
      displayName: change.path,
      oldValue: old === undefined || old === null ? null : redaction.showTarget(change.path, old),
      newValue: change.new === null ? null : redaction.showTarget(change.path, change.new),
    };
  });

const activeChange = (effect: Effect): readonly Change[] => {
  if (effect.kind === 'removed' && effect.operation === 'disable') return [{ path: 'active', old: true, new: false }];
  return effect.kind === 'exported' && effect.operation === 'enable' ? [{ path: 'active', old: false, new: true }] : [];
};

/** Where everything is asked anew no difference was looked for, but what Zoom answered last is on record. */
const oldValueOf = ({ path, old }: Change, { assessment, decision }: Outcome): JsonValue | undefined => {
  if (old !== undefined || decision.kind !== 'update' || decision.adopt) return old;
  return assessment.subject.stored.row.link?.held[path];
};
