import { ownedByAnother } from './faults.js';
import type { Outcome } from './outcome.js';
import type { State } from './state.js';

/** The target id of an account that this outcome created; null for every other outcome. */
const createdId = ({ decision, effect }: Outcome): string | null =>
  decision.kind === 'create' && effect.kind === 'exported' ? effect.link.targetId : null;

/**
 * Claims the accounts that a batch created, before their links are stored. A claim that another source object holds
 * turns the creation into a failure: the account is the other's.
 */
export const claimCreated = async (
  outcomes: readonly Outcome[],
  state: Pick<State, 'targets'>,
): Promise<readonly Outcome[]> => {
  const created = outcomes.flatMap((outcome) => {
    const targetId = createdId(outcome);
    return targetId === null ? [] : [{ targetId, sourceId: outcome.assessment.subject.stored.row.id }];
  });
  if (created.length === 0) return outcomes;
  const results = await state.targets.claimAll(created);
  const holders = new Map(
    created.flatMap(({ targetId }, index) => {
      const result = results[index];
      return result?.kind === 'held' ? [[targetId, result.bySourceId] as const] : [];
    }),
  );
  return outcomes.map((outcome) => {
    const holder = holders.get(createdId(outcome) ?? '');
    return holder === undefined ? outcome : { ...outcome, effect: { kind: 'failed', fault: ownedByAnother(holder) } };
  });
};
