import pLimit from 'p-limit';
import { claimCreated } from './claimCreated.js';
import { countOutcomes } from './countOutcomes.js';
import { type BusyDraft, type DecidedDraft, draftDecision } from './draft.js';
import { exportUntilSettled, type Settled } from './exportObject.js';
import { unexpectedFault } from './faults.js';
import { type IntentRequest, type Locked, writeIntents } from './intents.js';
import { judgeLicence, lacksLicence } from './licencePolicy.js';
import { withManagers } from './managers.js';
import { FaultError } from './model.js';
import { countKey, type Effect, isStranger, type Outcome } from './outcome.js';
import type { Demand, ProvisionContext } from './provisionContext.js';
import { removalOperation } from './removalPolicy.js';
import { sentName } from './sentName.js';
import { storeOutcomes } from './storeOutcomes.js';
import type { Assessment, Subject } from './subject.js';
import { tellOutcomes } from './tellOutcomes.js';

/**
 * Takes objects through import, scope, match, decide, export and record. Removals are staged. All intents of the batch
 * are written before its first write to the target, all rows after its last. One object's fault stops no other.
 * Objects that another worker holds, or that no time is left for, come back `deferred` and stay pending.
 */
export const provisionBatch = async (
  subjects: readonly Subject[],
  given: ProvisionContext,
  signal: AbortSignal,
): Promise<readonly Outcome[]> => {
  const context: ProvisionContext = { ...(await withManagers(subjects, given)), promised: new Map() };
  const limit = pLimit(context.scene.settings.concurrency);
  const drafts = await Promise.all(subjects.map((subject) => limit(() => draftDecision(subject, context, signal))));
  const locks = await writeIntents(drafts.flatMap(toIntentRequest(context)), context.world);
  const settled = await Promise.all(
    drafts.map((draft) => {
      const locked = locks.get(draft.assessment.subject.stored.row.id);
      return limit(async () => toOutcome(await settle(draft, locked, context, signal), context));
    }),
  );
  const claimed = await claimCreated(settled, context.world.state);
  const { licencePolicy } = context.scene.settings;
  const short = claimed.filter(({ effect }) => lacksLicence(effect)).length;
  const outcomes = claimed.map((outcome) => ({
    ...outcome,
    effect: deferWhileDown(judgeLicence(outcome.effect, licencePolicy), context),
  }));
  context.count('licencesShort', short);
  await storeOutcomes(outcomes, locks, context);
  countOutcomes(outcomes, context.count);
  tellOutcomes(outcomes, context.world.telemetry, context.world.jobId);
  for (const outcome of outcomes) {
    const key = isStranger(outcome) ? null : countKey(outcome.effect);
    if (key) context.count(key, 1);
  }
  return outcomes;
};

const toIntentRequest =
  (context: ProvisionContext) =>
  (draft: BusyDraft | DecidedDraft): IntentRequest[] => {
    if (draft.kind === 'busy') return [];
    const { decision, assessment } = draft;
    if (decision.kind === 'remove' && context.demand) return [removalRequest(assessment, decision.targetId, context)];
    if (decision.kind !== 'create' && decision.kind !== 'update') return [];
    const { type } = assessment.subject.stored.row;
    return [
      {
        stored: assessment.subject.stored,
        operation: operationOf(draft, decision),
        userName: sentName(type, decision.kind === 'create' ? decision.values : decision.wanted),
        assumedFree: decision.kind === 'create' && draft.match?.kind === 'none' && draft.match.assumed === true,
        targetId: decision.kind === 'update' ? decision.targetId : null,
        untilMs: context.world.clock.nowMs() + context.intentMs,
      },
    ];
  };

const removalRequest = (assessment: Assessment, targetId: string, context: ProvisionContext): IntentRequest => ({
  stored: assessment.subject.stored,
  operation: removalOperation(assessment.removal),
  userName: null,
  targetId,
  untilMs: context.world.clock.nowMs() + context.intentMs,
});

/** What an own create made is still that create, until its link is stored. */
const operationOf = (
  { recovered }: DecidedDraft,
  decision: Extract<DecidedDraft['decision'], { kind: 'create' | 'update' }>,
) => {
  if (decision.kind === 'create' || recovered) return 'create';
  if (decision.adopt) return 'adopt';
  return decision.enable ? 'enable' : 'update';
};

const settle = async (
  draft: BusyDraft | DecidedDraft,
  locked: Locked | undefined,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<{ readonly draft: BusyDraft | DecidedDraft; readonly effect: Effect }> => {
  if (draft.kind === 'busy') return { draft, effect: { kind: 'deferred', retryAt: draft.until } };
  const { decision } = draft;
  switch (decision.kind) {
    case 'skip':
      return { draft, effect: { kind: 'skipped', reason: decision.reason, detail: decision.detail } };
    case 'fail':
      return { draft, effect: { kind: 'failed', fault: decision.fault } };
    case 'remove':
      return context.demand
        ? exportSafely(draft, locked, signal, removeOn(context.demand, draft, signal))
        : { draft, effect: { kind: 'staged' } };
    case 'create':
    case 'update':
      return exportSafely(draft, locked, signal, (held) => exportUntilSettled(draft, held, context, signal));
  }
};

const removeOn =
  (demand: Demand, draft: DecidedDraft, signal: AbortSignal) =>
  async (locked: Locked): Promise<Settled> => ({
    draft,
    effect: await demand.remove(draft.assessment, locked, signal),
  });

/**
 * What one object throws is that object's failure; only an abort goes on upwards. How far it came nobody knows: a claim
 * may be made, or a request sent.
 */
const exportSafely = async (
  draft: DecidedDraft,
  locked: Locked | undefined,
  signal: AbortSignal,
  run: (locked: Locked) => Promise<Settled>,
): Promise<Settled> => {
  if (!locked) return { draft, effect: { kind: 'deferred', retryAt: null } };
  try {
    return await run(locked);
  } catch (error) {
    if (signal.aborted) throw error;
    const fault = error instanceof FaultError ? error.fault : unexpectedFault(error);
    return { draft, effect: { kind: 'failed', fault: { ...fault, outcomeUnknown: true } } };
  }
};

const toOutcome = (
  settled: { readonly draft: BusyDraft | DecidedDraft; readonly effect: Effect },
  context: ProvisionContext,
): Outcome => {
  const { draft } = settled;
  const decided = draft.kind === 'decided' ? draft : null;
  const effect = context.demand ? settled.effect : deferWaits(settled.effect);
  const decision = decided?.decision ?? {
    kind: 'skip',
    reason: 'EntrySynchronizationSkipped',
    detail: 'held elsewhere',
  };
  return {
    assessment: draft.assessment,
    match: decided?.match ?? null,
    decision,
    effect,
    changes: changesOf(decision),
    invalidAnchor: decided?.invalidAnchor ?? false,
    startedMs: draft.startedMs,
    endedMs: context.world.clock.nowMs(),
  };
};

/** A wait that the target asks for (a daily limit) is no failure of the object. */
export const deferWaits = (effect: Effect): Effect =>
  effect.kind === 'failed' && effect.fault.retry === 'at' && effect.fault.whose === 'target'
    ? { kind: 'deferred', retryAt: effect.fault.retryAt ?? null }
    : effect;

/**
 * While the target is down an object that it did not answer for stays as it was, without an attempt that counts. What is
 * known of its account since is kept as a failure.
 */
export const deferWhileDown = (effect: Effect, { isTargetDown }: Pick<ProvisionContext, 'isTargetDown'>): Effect =>
  effect.kind === 'failed' && effect.fault.whose === 'target' && !effect.link && isTargetDown?.() === true
    ? { kind: 'deferred', retryAt: null, attempted: effect.fault.outcomeUnknown === true }
    : effect;

const changesOf = (decision: DecidedDraft['decision']): Outcome['changes'] => {
  if (decision.kind === 'update') return decision.changes;
  if (decision.kind !== 'create') return [];
  const active = { path: 'active', old: undefined, new: decision.active };
  return [...Object.entries(decision.values).map(([path, value]) => ({ path, old: undefined, new: value })), active];
};
