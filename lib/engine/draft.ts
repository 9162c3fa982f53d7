import type { ReadCurrent } from '../mapping/compiled.js';
import { chooseUnique, needsUnique } from './chooseUnique.js';
import { decide } from './decide.js';
import { mappingFailed } from './faults.js';
import { isIntentLive } from './intents.js';
import { isOwn } from './isOwn.js';
import { matchUser } from './match.js';
import { matchDetached } from './matchDetached.js';
import { matchIntent } from './matchIntent.js';
import type { Decision, Match, Values } from './model.js';
import type { ProvisionContext } from './provisionContext.js';
import { readCurrent } from './readCurrent.js';
import { recoverLink } from './recoverLink.js';
import type { Link } from './stored.js';
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
  const { match, current, ...found } = await findMatch(assessment, context, signal);
  const decided = await decideOn(assessment, match, current, context, signal);
  return { kind: 'decided', startedMs, ...found, ...decided };
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
  const sources = { target: context.world.target, mapping: context.mapping, names: null, domains: context.domains };
  const vanished = match.kind === 'vanished';
  const found = vanished ? await matchUser(null, matchingValues(assessment, context), sources, signal) : match;
  const decided = await decideOn(assessment, found, null, context, signal);
  return { ...before, recovered, invalidAnchor: before.invalidAnchor || vanished, ...decided };
};

interface FoundMatch {
  readonly match: Match | null;
  readonly recovered: boolean;
  readonly invalidAnchor: boolean;
  /** What the target holds where the link does not know it. */
  readonly current: ReadCurrent | null;
}

const noMatch: FoundMatch = { match: null, recovered: false, invalidAnchor: false, current: null };

/** No request is made for who is out of scope, cannot be mapped, or is linked. */
const findMatch = async (
  assessment: Assessment,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<FoundMatch> => {
  const { mapped, scope } = assessment;
  const { row } = assessment.subject.stored;
  if (scope.verdict !== 'in' || !mapped) return noMatch;
  // What fails of a create is no business of an account that is there.
  if (mapped.faults.length > 0 && !isLinked(row.link)) return noMatch;
  const { target } = context.world;
  const left = row.intent ? await matchIntent(row.intent, row.link, target, signal) : { kind: 'nothing' as const };
  if (left.kind === 'settled' && (await isOwn(left.match, row.intent, assessment.attributes, context, signal))) {
    return { ...noMatch, match: left.match, recovered: left.recovered };
  }
  const sources = { target, mapping: context.mapping, names: context.names, domains: context.domains };
  const link = left.kind === 'vanished' ? null : row.link;
  const values = matchingValues(assessment, context);
  const byValues = await matchUser(link, values, sources, signal);
  const first =
    byValues.kind === 'none' && link?.state === 'detached'
      ? await matchDetached(link, row.id, context.world, signal)
      : byValues;
  const seen = await lookAtLinked(first, link, context, signal);
  const match =
    seen.kind === 'vanished' && first.kind === 'linked' ? await matchUser(null, values, sources, signal) : seen;
  const invalidAnchor = left.kind === 'vanished' || first.kind === 'vanished' || seen.kind === 'vanished';
  const current = await readCurrent(match, link, context, signal);
  return current.kind === 'fault'
    ? { ...noMatch, match: current, invalidAnchor }
    : { match, recovered: false, invalidAnchor, current: current.read };
};

/** A cycle trusts the link; on demand the account is looked at. */
const lookAtLinked = async (
  match: Match,
  link: Link | null,
  { demand }: ProvisionContext,
  signal: AbortSignal,
): Promise<Match> =>
  demand && link && match.kind === 'linked' && match.account === null ? demand.lookAtLinked(link, signal) : match;

const isLinked = (link: Link | null): boolean => link !== null && link.state !== 'detached';

const matchingValues = (assessment: Assessment, context: ProvisionContext): Values =>
  assessment.attributes ? context.mapping.mapMatching(assessment.attributes, context.scene.nowMs).values : {};

/** The decision, with the assessment and the match that it came to stand on. */
const decideOn = async (
  given: Assessment,
  matched: Match | null,
  current: ReadCurrent | null,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Pick<DecidedDraft, 'assessment' | 'match' | 'decision'>> => {
  const chosen = needsUnique(given, matched, context)
    ? await chooseUnique(given, context, signal)
    : { kind: 'chosen' as const, assessment: given };
  const assessment = chosen.kind === 'chosen' ? chosen.assessment : given;
  const match = chosen.kind === 'chosen' ? matched : chosen;
  return { assessment, match, decision: decideFrom(assessment, match, current, context) };
};

const decideFrom = (
  assessment: Assessment,
  match: Match | null,
  current: ReadCurrent | null,
  context: ProvisionContext,
): Decision => {
  const { row } = assessment.subject.stored;
  const viaLink = assessment.scope.verdict !== 'in' || match?.kind === 'linked' || match?.kind === 'invited';
  return decide({
    type: row.type,
    scope: assessment.scope,
    link: viaLink ? row.link : null,
    match: match ?? { kind: 'none' },
    mapped: assessment.mapped,
    mapping: context.mapping,
    removal: assessment.removal,
    valuesFault: (values) => context.world.target.checkUserValues(values),
    mapForUpdate: (known) => {
      const read: ReadCurrent = (path) => {
        const held = known(path);
        return held === undefined ? current?.(path) : held;
      };
      return context.mapping.mapForUpdate(assessment.attributes ?? {}, read, context.scene.nowMs);
    },
  });
};
