import { draftDecision } from '../draft.js';
import { withManagers } from '../managers.js';
import type { Decision } from '../model.js';
import type { Effect, Outcome } from '../outcome.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { RecordRow } from '../record.js';
import { recordOf } from '../recordOf.js';
import { removalOperation } from '../removalPolicy.js';
import type { Assessment, Subject } from '../subject.js';
import type { DemandBatch, DemandEnd } from './demand.js';
import { demandSteps } from './demandSteps.js';
import type { LiveUser } from './readLive.js';
import { sceneOf } from './sceneOf.js';
import { shadowState } from './shadowState.js';
import { lookAtLinked, type TargetSight } from './targetSight.js';

/** All steps but the last: nothing is sent to Zoom, and nothing is stored or logged. */
export const planOne = async (subject: Subject, live: LiveUser, batch: DemandBatch): Promise<DemandEnd> => {
  const { options, call } = batch;
  const { mapping, redact } = options;
  const world = { ...options.world, state: shadowState(options.world.state) };
  const sight: TargetSight = { account: null };
  const context: ProvisionContext = {
    world,
    mapping,
    domains: options.memory.domains,
    maySend: () => !batch.signal.aborted,
    scene: await sceneOf(live, batch),
    cycleId: call.id,
    intervalMs: batch.intervalMs,
    intentMs: options.settings.leaseDurationMs,
    names: null,
    redact,
    count: () => undefined,
    demand: {
      initiatedBy: call.initiatedBy,
      lookAtLinked: lookAtLinked(sight, world.target, mapping),
      remove: async () => ({ kind: 'staged' }),
      onRecord: () => undefined,
    },
  };
  const draft = await draftDecision(subject, await withManagers([subject], context), batch.signal);
  if (draft.kind === 'busy') return { kind: 'busy' };
  const { assessment, decision } = draft;
  if (decision.kind === 'remove') await seeAccount(decision.targetId, sight, context, batch.signal);
  const outcome: Outcome = {
    assessment,
    match: draft.match,
    decision,
    effect: effectOf(decision),
    changes: changesOf(decision, assessment),
    invalidAnchor: draft.invalidAnchor,
    startedMs: draft.startedMs,
    endedMs: world.clock.nowMs(),
  };
  const recordId = world.newId();
  const { initiatedBy } = call;
  const logged = recordOf(outcome, { world, cycleId: call.id, recordId, redact, mapping, held: false, initiatedBy });
  const record = planned(logged, decision, assessment);
  return { kind: 'done', report: { record, steps: demandSteps(outcome, record, { mapping, redact, ...sight }) } };
};

const seeAccount = async (
  targetId: string,
  sight: TargetSight,
  { world }: ProvisionContext,
  signal: AbortSignal,
): Promise<void> => {
  const read = await world.target.readUser(targetId, signal);
  if (read.kind === 'found') sight.account = read.account;
};

const effectOf = (decision: Decision): Effect => {
  switch (decision.kind) {
    case 'skip':
      return { kind: 'skipped', reason: decision.reason, detail: decision.detail };
    case 'fail':
      return { kind: 'failed', fault: decision.fault };
    default:
      return { kind: 'deferred', retryAt: null };
  }
};

const changesOf = (decision: Decision, { removal }: Assessment): Outcome['changes'] => {
  const active = (value: boolean) => ({ path: 'active', old: !value, new: value });
  switch (decision.kind) {
    case 'create':
      return [...Object.entries(decision.values), ['active', decision.active] as const].map(([path, value]) => ({
        path,
        old: undefined,
        new: value,
      }));
    case 'update':
      return [...decision.changes, ...(decision.enable ? [active(true)] : [])];
    case 'remove':
      return removalOperation(removal) === 'disable' ? [active(false)] : [];
    case 'skip':
    case 'fail':
      return [];
  }
};

/** What would have been done stands as the action; that it was not, in the status. */
const planned = (record: RecordRow, decision: Decision, { removal }: Assessment): RecordRow => {
  if (decision.kind === 'skip' || decision.kind === 'fail') return record;
  const provisioningAction = decision.kind === 'remove' ? removalOperation(removal) : decision.kind;
  return {
    ...record,
    provisioningAction,
    provisioningStatusInfo: {
      status: 'skipped',
      errorInformation: {
        errorCode: 'DryRun',
        reason: 'This was a dry run: nothing was sent to Zoom, stored or logged.',
        additionalDetails: null,
        recommendedAction: 'Call again without dryRun to carry it out.',
        errorCategory: 'nonServiceFailure',
      },
    },
  };
};
