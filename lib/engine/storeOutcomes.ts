import { rowAfter } from './afterwards.js';
import { intentAfter } from './intentAfter.js';
import type { Locked } from './intents.js';
import { isStranger, type Outcome } from './outcome.js';
import type { ProvisionContext } from './provisionContext.js';
import type { RecordRow } from './record.js';
import { recordOf } from './recordOf.js';
import { touchRow } from './rows.js';
import type { ObjectChange } from './state.js';
import type { ObjectRow } from './stored.js';

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
    if (outcome.effect.kind !== 'deferred' || locked) objects.push(changeOf(outcome, locked, context));
  }
  await context.world.state.commit({ records, objects }, null);
  await dropEdgesOfDeleted(outcomes, context);
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

const changeOf = (outcome: Outcome, locked: Locked | undefined, context: ProvisionContext): ObjectChange => {
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
  return {
    id: stored.row.id,
    type: stored.row.type,
    known: locked?.stored ?? stored,
    change: (row) => {
      if (locked && row.intent?.token !== locked.intent.token) return null;
      if (!locked && !isSameEvaluation(row, stored.row))
        return touchRow(row, 'seen', new Date(after.nowMs).toISOString(), after.nowMs);
      return rowAfter(row, outcome, touch, after);
    },
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
    .filter(({ assessment, effect }) => assessment.subject.life === 'hardDeleted' && effect.kind !== 'deferred')
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
