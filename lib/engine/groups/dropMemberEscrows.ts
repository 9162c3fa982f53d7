import type { MemberStore } from './memberStore.js';

const pairsAtOnce = 200;

/**
 * Forgets a page of failed attempts to write members, who are tried with the next cycle as if for the first time; so is
 * what else waits with them. False when nothing waits.
 */
export const dropMemberEscrows = async (members: MemberStore): Promise<boolean> => {
  const { pairs } = await members.listDelayed(null, pairsAtOnce);
  const last = pairs.at(-1);
  if (last === undefined) return false;
  for (const [group, ofGroup] of Map.groupBy(pairs, (pair) => pair.group)) {
    const users = ofGroup.flatMap(({ user }) => user ?? []);
    const rows = await members.read(group, users);
    await members.put([...rows.values()].flatMap((row) => (row.escrow === null ? [] : [{ ...row, escrow: null }])));
  }
  return members.takeDue(last.due);
};
