import { decide } from './decide.js';
import { mappingFailed } from './faults.js';
import { isIntentLive } from './intents.js';
import { matchUser } from './match.js';
import { matchDetached } from './matchDetached.js';
import { matchIntent } from './matchIntent.js';
import type { Decision, Match, Values } from './model.js';
import type { ProvisionContext } from './provisionContext.js';
import { recoverLink } from './recoverLink.js';
import { type Assessment, assess, type Subject } from './subject.js';

interface DraftBase {
  readonly assessment: Assessment;
  readonly startedMs: number;
}

/** Another worker is at the object, or no time is left. */
export interface BusyDraft extends DraftBase {
  readonly kind: 'busy';
  readonly until: string | null;
}

/** A decision with the match that it stands on. */
export interface DecidedDraft extends DraftBase {
  readonly kind: 'decided';
  readonly match: Match | null;
  readonly decision: Decision;
  /** The account comes from an own attempt whose outcome was unknown. */
  readonly recovered: boolean;
  readonly invalidAnchor: boolean;
}

/** Import, scope, match and decide for one object; the only requests are those of the match. */
export const draftDecision = async (
  subject: Subject,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<BusyDraft | DecidedDraft> => {
  const startedMs = context.world.clock.nowMs();
  let assessment = assess(subject, context.scene);
  const { intent } = subject.stored.row;
  if (isIntentLive(intent, startedMs)) return { kind: 'busy', until: intent.until, assessment, startedMs };
  if (!context.maySend()) return { kind: 'busy', until: null, assessment, startedMs };
  if (assessment.scope.verdict !== 'in') {
    const recovery = await recoverLink(subject, context, signal);
    if (recovery.kind === 'unsettled') return unsettled(assessment, recovery.match, startedMs);
    if (recovery.kind === 'linked') assessment = { ...assessment, subject: recovery.subject };
  }
  const early = decideEarly(assessment);
  if (early) {
    return {
      kind: 'decided',
      assessment,
      startedMs,
      match: null,
      decision: early,
      recovered: false,
      invalidAnchor: false,
    };
  }
  const found = await findMatch(assessment, context, signal);
  return {
    kind: 'decided',
    assessment,
    startedMs,
    ...found,
    decision: decideOn(assessment, found.match, context),
  };
};

/** What is decided before scope is looked at: nothing is known well enough to grant or to take. */
const decideEarly = ({ subject, barred }: Assessment): Decision | null => {
  if (subject.readFault) return { kind: 'fail', fault: subject.readFault };
  if (barred === null) return null;
  return barred.kind === 'filterFailed'
    ? { kind: 'fail', fault: mappingFailed(barred.fault) }
    : { kind: 'skip', reason: 'EntrySynchronizationSkipped', detail: barred.detail };
};

/** What became of an earlier create cannot be told yet. */
const unsettled = (assessment: Assessment, match: Match, startedMs: number): DecidedDraft => ({
  kind: 'decided',
  assessment,
  startedMs,
  match,
  recovered: false,
  invalidAnchor: false,
  decision:
    match.kind === 'fault'
      ? { kind: 'fail', fault: match.fault }
      : { kind: 'skip', reason: 'PendingOrForeign', detail: 'an earlier create of ours may be an open invitation' },
});

/** The decision anew, after the target answered something else than what was matched. */
export const redecide = async (
  before: DecidedDraft,
  match: Match,
  recovered: boolean,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<DecidedDraft> => {
  const { assessment } = before;
  const sources = { target: context.world.target, mapping: context.mapping, names: null };
  const vanished = match.kind === 'vanished';
  const found = vanished ? await matchUser(null, matchingValues(assessment, context), sources, signal) : match;
  return {
    ...before,
    match: found,
    recovered,
    invalidAnchor: before.invalidAnchor || vanished,
    decision: decideOn(assessment, found, context),
  };
};

interface FoundMatch {
  readonly match: Match | null;
  readonly recovered: boolean;
  readonly invalidAnchor: boolean;
}

/** No request is made for who is out of scope, cannot be mapped, or is linked. */
const findMatch = async (
  assessment: Assessment,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<FoundMatch> => {
  const { mapped, scope } = assessment;
  const { row } = assessment.subject.stored;
  if (scope.verdict !== 'in' || !mapped || mapped.faults.length > 0) {
    return { match: null, recovered: false, invalidAnchor: false };
  }
  const { target } = context.world;
  const left = row.intent ? await matchIntent(row.intent, row.link, target, signal) : { kind: 'nothing' as const };
  if (left.kind === 'settled') return { match: left.match, recovered: left.recovered, invalidAnchor: false };
  const sources = { target, mapping: context.mapping, names: context.names };
  const link = left.kind === 'vanished' ? null : row.link;
  const byValues = await matchUser(link, matchingValues(assessment, context), sources, signal);
  const match =
    byValues.kind === 'none' && link?.state === 'detached'
      ? await matchDetached(link, row.id, context.world, signal)
      : byValues;
  return { match, recovered: false, invalidAnchor: left.kind === 'vanished' || match.kind === 'vanished' };
};

const matchingValues = (assessment: Assessment, context: ProvisionContext): Values =>
  assessment.attributes ? context.mapping.mapMatching(assessment.attributes, context.scene.nowMs).values : {};

const decideOn = (assessment: Assessment, match: Match | null, context: ProvisionContext): Decision => {
  const { row } = assessment.subject.stored;
  const viaLink = assessment.scope.verdict !== 'in' || match?.kind === 'linked' || match?.kind === 'invited';
  return decide({
    scope: assessment.scope,
    link: viaLink ? row.link : null,
    match: match ?? { kind: 'none' },
    mapped: assessment.mapped,
    mapping: context.mapping,
    removal: assessment.removal,
    valuesFault: (values) => context.world.target.checkUserValues(values),
    mapForUpdate: (current) => context.mapping.mapForUpdate(assessment.attributes ?? {}, current, context.scene.nowMs),
  });
};
