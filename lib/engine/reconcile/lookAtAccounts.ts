import { type Fault, FaultError } from '../model.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import { judgeSeen, type Seen, type Suspect } from './judgeSeen.js';
import type { Side, Steps } from './side.js';
import { abandon, awaitTarget } from './unreadTarget.js';

/**
 * Goes through all linked objects and looks at each account that the list did not show, or not as it was left. The account
 * is read between two reads of our own row, so that nobody's write of a moment ago counts as drift. Cursor: the last id
 * of the page that is done, and the page.
 */
export const lookAtAccounts = async (
  side: Side,
  slice: Slice,
  cursor: string | null,
  { here: step, next }: Steps,
): Promise<PhaseStep> => {
  const [after = '', ...rest] = (cursor ?? '').split('|');
  const page = rest.join('|');
  const listed = await slice.world.state.objects.list(page === '' ? null : page);
  const from = listed.rows.findIndex(({ row }) => row.id === decodeURIComponent(after)) + 1;
  const suspects = await findSuspects(listed.rows.slice(from), side, slice);
  const { maySend } = await slice.provisionContext([]);
  let here = `${step}|${after}|${page}`;
  let unread: Fault | null = null;
  for (let at = 0; at < suspects.length; at += slice.settings.concurrency) {
    // Something is looked at whatever the budget: each slice gets on.
    if (!maySend() || (at > 0 && slice.mustStop())) return { next: here, ...(unread ? { fault: unread } : {}) };
    const some = suspects.slice(at, at + slice.settings.concurrency);
    const seen = await Promise.all(some.map((suspect) => readAccount(suspect, side)));
    const fault = seen.map(({ read }) => (read.kind === 'fault' ? read.fault : null)).find((one) => one !== null);
    if (fault?.whose === 'job') throw new FaultError(fault);
    if (fault && slice.isTargetDown()) return abandon(fault, slice);
    const wait = fault && awaitTarget(fault, here, slice);
    if (wait) return wait;
    unread ??= fault ?? null;
    await judgeSeen(seen, side, slice);
    here = `${step}|${encodeURIComponent(some.at(-1)?.stored.row.id ?? '')}|${page}`;
  }
  return { next: listed.cursor === null ? next : `${step}||${listed.cursor}`, ...(unread ? { fault: unread } : {}) };
};

/**
 * Whose account this cycle wrote to itself was seen then, and a list or read may not show it yet; of one whose write has
 * an open end nothing is known.
 */
const findSuspects = async (rows: readonly StoredObject[], side: Side, slice: Slice): Promise<readonly Suspect[]> => {
  const { cycleId } = slice.cycle;
  const linked = rows.flatMap((stored): Suspect[] => {
    const { link, type, intent, eval: last } = stored.row;
    const isOurs = link !== null && !link.invited && (link.state === 'active' || link.state === 'disabled');
    const isWritten = last?.cycleId === cycleId && (last.outcome === 'exported' || last.outcome === 'removed');
    return type === side.type && isOurs && intent === null && !isWritten ? [{ stored, link }] : [];
  });
  const listed = await slice.world.state.drift.findListed(
    cycleId,
    side.type,
    linked.map(({ link }) => link.targetId),
  );
  return linked.filter(({ link }) => listed.get(link.targetId)?.isAsKnown !== true);
};

const readAccount = async (suspect: Suspect, side: Side): Promise<Seen> => ({
  ...suspect,
  read: await side.read(suspect.link.targetId),
});
