import { linkAfter, rowAfter } from './afterwards.js';
import type { MemberPair } from './groups/memberStore.js';
import { notedOf, pairsToMark } from './groups/notedMembers.js';
import { intentAfter } from './intentAfter.js';
import type { Locked } from './intents.js';
import { forgetFormerManagers, touchReports } from './managers.js';
import { isStranger, type Outcome } from './outcome.js';
import type { ProvisionContext } from './provisionContext.js';
import type { RecordRow } from './record.js';
import { recordOf } from './recordOf.js';
import { boundByReference } from './referencePaths.js';
import { touchRow } from './rows.js';
import type { ObjectChange } from './state.js';
import type { Link, ObjectRow } from './stored.js';
import type { Subject } from './subject.js';

/**
 * Writes what a batch came to: the log records, then the rows that clear the intents. A row whose intent another worker
 * has taken over, or which changed under an object that needed no intent, is left to whoever changed it.
 */
export const storeOutcomes = async (
  outcomes: readonly Outcome[],
  locks: ReadonlyMap<string, Locked>,
  context: ProvisionContext,
): Promise<void> => {
  const records: RecordRow[] = [];
  const objects: ObjectChange[] = [];
  const pairs: MemberPair[] = [];
  for (const outcome of outcomes) {
    const { row } = outcome.assessment.subject.stored;
    const locked = locks.get(row.id);
    // What is staged leaves its record when it is carried out or held.
    const isLogged = context.demand !== undefined || !isStranger(outcome);
    if (outcome.effect.kind !== 'deferred' && outcome.effect.kind !== 'staged' && isLogged) {
      const record = recordOf(outcome, recordContext(outcome, locked, context));
      context.demand?.onRecord(record);
      records.push(record);
    }
    if (outcome.effect.kind !== 'deferred' || locked) {
      const change = changeOf(outcome, locked, context);
      pairs.push(...change.pairs);
      objects.push(change.object);
    }
  }
  // Before the rows, which then say that it is noted.
  if (pairs.length > 0) await context.world.state.members.mark(pairs);
  if (boundByReference(context.mapping, 'manager')) {
    await touchReports(managersOtherThan(outcomes), 'reference', context);
    await touchReports(managersRestored(outcomes), 'seen', context);
  }
  await context.world.state.commit({ records, objects }, null);
  await dropEdgesOfDeleted(outcomes, context);
  if (boundByReference(context.mapping, 'manager')) {
    const stored = outcomes.filter(({ effect }) => effect.kind !== 'deferred');
    await forgetFormerManagers(
      stored.map(({ assessment }) => assessment.subject),
      context.world.state,
    );
  }
};

const recordContext = (outcome: Outcome, locked: Locked | undefined, context: ProvisionContext) => ({
  world: context.world,
  cycleId: context.cycleId,
  recordId: locked?.intent.recordId ?? outcome.assessment.subject.stored.row.intent?.recordId ?? context.world.newId(),
  redact: context.redact,
  mapping: context.mapping,
  held: false,
  ...(context.demand ? { initiatedBy: context.demand.initiatedBy } : {}),
});

/** Users whose account came, went or became another one: by what the reports' references hold. */
const managersOtherThan = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ assessment, effect }) => {
    const { id, link } = assessment.subject.stored.row;
    const now = linkAfter(link, effect);
    return usableTarget(link) === usableTarget(now) ? [] : [id];
  });

const managersRestored = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ assessment: { subject } }) =>
    subject.life === 'live' && subject.source !== null && subject.stored.row.gone !== null
      ? [subject.stored.row.id]
      : [],
  );

const usableTarget = (link: Link | null): string | null =>
  link === null || link.state === 'detached' || link.invited ? null : link.targetId;

interface Change {
  readonly object: ObjectChange;
  /** Memberships in Zoom that must be compared. */
  readonly pairs: readonly MemberPair[];
}

const changeOf = (outcome: Outcome, locked: Locked | undefined, context: ProvisionContext): Change => {
  const { stored } = outcome.assessment.subject;
  const touch = stored.row.pending?.touch ?? 0;
  const after = {
    cycleId: context.cycleId,
    schemaVersion: context.mapping.schemaVersion,
    intervalMs: context.intervalMs,
    nowMs: context.world.clock.nowMs(),
    intent: intentAfter(outcome, locked, context.world),
    looksOnceMore: context.demand !== undefined,
  };
  const known = locked?.stored ?? stored;
  const isNoted = context.mapsMembers === true && outcome.effect.kind !== 'deferred';
  const noted = isNoted ? notedOf(rowAfter(known.row, outcome, touch, after)) : known.row.members;
  const change = (row: ObjectRow): ObjectRow | null => {
    if (locked && row.intent?.token !== locked.intent.token) return null;
    if (!locked && !isSameEvaluation(row, stored.row))
      return touchRow(row, 'seen', new Date(after.nowMs).toISOString(), after.nowMs);
    const next = rowAfter(row, outcome, touch, after);
    return isNoted ? { ...next, members: noted } : next;
  };
  return {
    object: { id: stored.row.id, type: stored.row.type, known, change },
    pairs: pairsToMark(stored.row, known.row.members, noted),
  };
};

/** Nobody evaluated or locked the object meanwhile; else this outcome stands on an older state and is made anew. */
const isSameEvaluation = (row: ObjectRow, before: ObjectRow): boolean =>
  row.intent?.token === before.intent?.token &&
  row.eval?.readAt === before.eval?.readAt &&
  row.link?.state === before.link?.state &&
  row.link?.targetId === before.link?.targetId;

/** A user that is gone for good has no edges; those seen from above go after those in its row. */
const dropEdgesOfDeleted = async (outcomes: readonly Outcome[], context: ProvisionContext): Promise<void> => {
  const removals = outcomes
    .filter(({ assessment, effect }) => isGoneUser(assessment.subject) && effect.kind !== 'deferred')
    .flatMap(({ assessment }) =>
      Object.entries(assessment.subject.stored.row.via).flatMap(([parent, roles]) =>
        Object.keys(roles).map((role) => ({
          parent,
          child: assessment.subject.stored.row.id,
          childType: assessment.subject.stored.row.type,
          role,
        })),
      ),
    );
  if (removals.length > 0) await context.world.state.edges.remove(removals);
};

const isGoneUser = ({ life, stored }: Subject): boolean => life === 'hardDeleted' && stored.row.type === 'user';
