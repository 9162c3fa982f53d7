import type { DecidedDraft } from './draft.js';
import { redecide } from './draft.js';
import { createAccount } from './exportCreate.js';
import { updateAccount } from './exportUpdate.js';
import { type Locked, renameIntent, restateAsCreate } from './intents.js';
import { lessenLicence, noteLesserLicence } from './licencePolicy.js';
import type { Effect } from './outcome.js';
import type { ProvisionContext } from './provisionContext.js';
import { sentName } from './sentName.js';
import type { Attempt } from './task.js';

/** So often a decision is made anew when the target answers something else than what was matched. */
const maxAttempts = 3;

/** What came of an export, with the decision that it ended on. */
export interface Settled {
  readonly draft: DecidedDraft;
  readonly effect: Effect;
}

/** Sends what was decided, and decides anew on what the target answers, until it is settled. */
export const exportUntilSettled = async (
  first: DecidedDraft,
  locked: Locked,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Settled> => {
  let draft = first;
  let lock: Locked | null = locked;
  for (let attempt = 1; ; attempt += 1) {
    if (lock === null || !mayStart(lock, context))
      return { draft, effect: { kind: 'deferred', retryAt: null, attempted: attempt > 1 } };
    const result = await attemptWithLicence(draft, lock, context, signal);
    if (result.kind === 'done') return { draft, effect: result.effect };
    if (attempt === maxAttempts) return { draft, effect: effectOfLast(result) };
    draft = await redecide(draft, result.match, result.recovered, context, signal);
    lock = await followDecision(lock, draft, context);
  }
};

const effectOfLast = ({ fault }: Extract<Attempt, { kind: 'rematch' }>): Effect =>
  fault ? { kind: 'failed', fault } : { kind: 'deferred', retryAt: null, attempted: true };

/** The intent says what is about to be sent, also where that was decided or named anew. */
const followDecision = async (locked: Locked, draft: DecidedDraft, { world }: ProvisionContext) => {
  const { decision } = draft;
  if (decision.kind !== 'create') return locked;
  const name = sentName(draft.assessment.subject.stored.row.type, decision.values);
  if (locked.intent.operation !== 'create') return restateAsCreate(locked, name, world);
  return name === null || name === locked.intent.userName ? locked : renameIntent(locked, name, world);
};

/** Nothing is sent that could outlive the lease or the intent, which is the object's lock. */
const mayStart = ({ intent }: Locked, { maySend, scene, world }: ProvisionContext): boolean =>
  maySend() && world.clock.nowMs() + scene.settings.zoomTimeoutMs < Date.parse(intent.until);

/** Where Zoom has no licence left and the policy allows it, the rest is sent with less. */
const attemptWithLicence = async (
  draft: DecidedDraft,
  locked: Locked,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Attempt> => {
  const first = await attemptOnce(draft, locked, context, signal);
  const { decision, assessment } = draft;
  if (first.kind !== 'done' || (decision.kind !== 'create' && decision.kind !== 'update')) return first;
  const lesser = lessenLicence(decision, first.effect, context.scene.settings.licencePolicy);
  if (!lesser || !mayStart(locked, context)) return first;
  const second = await attemptOnce({ ...draft, decision: lesser }, locked, context, signal);
  const { link } = assessment.subject.stored.row;
  const before = decision.kind === 'update' && !decision.enable ? link?.held['userType'] : undefined;
  return second.kind === 'done' ? { ...second, effect: noteLesserLicence(second.effect, decision, before) } : second;
};

const attemptOnce = async (
  draft: DecidedDraft,
  locked: Locked,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Attempt> => {
  const { decision, assessment, match, recovered } = draft;
  const task = { assessment, match: match ?? { kind: 'none' as const }, intent: locked.intent, recovered };
  switch (decision.kind) {
    case 'create':
      return createAccount({ ...task, decision }, decision.values, context, signal);
    case 'update':
      return updateAccount({ ...task, decision }, decision, context, signal);
    case 'skip':
      return { kind: 'done', effect: { kind: 'skipped', reason: decision.reason, detail: decision.detail } };
    case 'fail':
      return { kind: 'done', effect: { kind: 'failed', fault: decision.fault } };
    case 'remove':
      // On demand nothing is staged: the object is looked at again.
      return { kind: 'done', effect: context.demand ? { kind: 'deferred', retryAt: null } : { kind: 'staged' } };
  }
};
