import type { ListedAccount } from '../drift.js';
import { FaultError, type TargetAccount } from '../model.js';
import type { TargetPage } from '../ports.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';
import { isAsKnown } from './compareAccount.js';
import { type Finding, noteDrift } from './noteDrift.js';
import type { Side, Steps } from './side.js';
import { abandon, awaitTarget } from './unreadTarget.js';

/**
 * One page of the target's accounts a step. Each is noted with whether it has to be looked at, since a list shows neither
 * everything nor always the latest; who owns none of ours is noted at once. Cursor: `start|first id of the page before`.
 */
export const listAccounts = async (
  side: Side,
  slice: Slice,
  cursor: string | null,
  { here: step, next }: Steps,
): Promise<PhaseStep> => {
  const [startIndex = '1', firstBefore = null] = cursor?.split('|') ?? [];
  const start = Number(startIndex);
  const here = cursor === null ? step : `${step}|${cursor}`;
  let page: TargetPage;
  try {
    page = await side.list(start);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.whose === 'job') throw error;
    return awaitTarget(error.fault, here, slice) ?? abandon(error.fault, slice);
  }
  const first = page.accounts[0] ? encodeURIComponent(page.accounts[0].id) : null;
  // The same page whatever was asked for: such a list has no end. Whom it did not show is looked at.
  if (first !== null && first === firstBefore) return { next };
  const { isNew } = await noteAccounts(page.accounts, side, slice);
  slice.count('accountsListed', page.accounts.length);
  const isEnd = page.next === null || page.next <= start || (start > page.total && !isNew);
  return { next: isEnd ? next : `${step}|${page.next}${first === null ? '' : `|${first}`}` };
};

const noteAccounts = async (
  accounts: readonly TargetAccount[],
  side: Side,
  slice: Slice,
): Promise<{ readonly isNew: boolean }> => {
  const { state } = slice.world;
  const { cycleId } = slice.cycle;
  const ids = accounts.map(({ id }) => id);
  const [owners, before] = await Promise.all([side.readOwners(ids), state.drift.findListed(cycleId, side.type, ids)]);
  const rows = await state.objects.read([...new Set(owners.values())]);
  const listed: ListedAccount[] = [];
  const unmanaged: Finding[] = [];
  for (const account of accounts) {
    const row = rows.get(owners.get(account.id) ?? '')?.row ?? null;
    if (side.tellsUnmanaged && !isManaged(row, account.id)) {
      unmanaged.push({ row, type: side.type, targetId: account.id, kind: 'unmanaged', differences: [] });
    }
    const isLinked = row?.link?.targetId === account.id;
    listed.push({
      type: side.type,
      targetId: account.id,
      isAsKnown: !isLinked || (!side.looksAtAll && isAsKnown(row, row.link, account, side.mapping)),
    });
  }
  await noteDrift(unmanaged, side.mapping, slice);
  await state.drift.putListed(cycleId, listed);
  return { isNew: accounts.some(({ id }) => !before.has(id)) };
};

/** Linked, or about to be: what an intent came to is found out when the object is due. */
export const isManaged = (row: ObjectRow | null, targetId: string): boolean =>
  row !== null && (row.intent !== null || (row.link?.targetId === targetId && row.link.state !== 'detached'));
