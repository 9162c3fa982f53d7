import { type Fault, FaultError } from '../model.js';
import type { GetResult } from '../ports.js';
import type { PhaseStep, Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Link } from '../stored.js';
import { type AccountDrift, compareKept } from './compareAccount.js';
import { correctLinks } from './correctLinks.js';
import { type Finding, noteDrift } from './noteDrift.js';
import type { Side, Steps } from './side.js';
import { abandon, awaitTarget } from './unreadTarget.js';

interface Suspect {
  readonly stored: StoredObject;
  readonly link: Link;
}

interface Seen extends Suspect {
  readonly read: GetResult;
}

/** Counted in a cycle: accounts that could not be read. Nothing is said of them. */
const notRead = 'accountsNotRead';

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
    await judge(seen, side, slice);
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

interface Judged {
  readonly finding: Finding;
  readonly stored: StoredObject;
  /** Null: the account is missing. */
  readonly drift: AccountDrift | null;
}

const judge = async (seen: readonly Seen[], side: Side, slice: Slice): Promise<void> => {
  slice.count(notRead, seen.filter(({ read }) => read.kind === 'fault').length);
  const now = await slice.world.state.objects.read(seen.map(({ stored }) => stored.row.id));
  const judged = seen
    .filter(({ stored }) => now.get(stored.row.id)?.etag === stored.etag)
    .flatMap((one) => judgeOne(one, side));
  await noteDrift(
    judged.map(({ finding }) => finding),
    side.mapping,
    slice,
  );
  if (slice.settings.reconcileMode === 'repair') await correctLinks(judged, slice);
};

const judgeOne = ({ stored, link, read }: Seen, side: Side): Judged[] => {
  const base = { row: stored.row, type: side.type, targetId: link.targetId };
  switch (read.kind) {
    case 'fault':
      return [];
    case 'gone':
    case 'notBelonging':
      return [{ stored, drift: null, finding: { ...base, kind: 'missing', differences: [] } }];
    case 'found': {
      const drift = compareKept(stored.row, link, read.account, side.mapping);
      return drift ? [{ stored, drift, finding: { ...base, ...drift } }] : [];
    }
  }
};
