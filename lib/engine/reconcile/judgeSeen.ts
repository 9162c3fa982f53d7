import type { GetResult } from '../ports.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import type { Link } from '../stored.js';
import { type AccountDrift, compareKept } from './compareAccount.js';
import { compareMembers, correctMembers, describeMembers, type MemberDrift } from './compareMembers.js';
import { correctLinks } from './correctLinks.js';
import { type Finding, noteDrift } from './noteDrift.js';
import type { Side } from './side.js';

/** A linked object whose account has to be looked at. */
export interface Suspect {
  readonly stored: StoredObject;
  readonly link: Link;
}

export interface Seen extends Suspect {
  readonly read: GetResult;
}

interface Judged {
  readonly finding: Finding;
  readonly stored: StoredObject;
  /** Null: the account is missing, or is as it was left but for members. */
  readonly drift: AccountDrift | null;
  readonly members: MemberDrift | null;
}

/** Counted in a cycle: accounts that could not be read. Nothing is said of them. */
const notRead = 'accountsNotRead';

/**
 * Notes what of these accounts is not as it was left, and where that is the policy puts what is known of them as they
 * were found. Objects that somebody wrote to since they were read are left out.
 */
export const judgeSeen = async (seen: readonly Seen[], side: Side, slice: Slice): Promise<void> => {
  slice.count(notRead, seen.filter(({ read }) => read.kind === 'fault').length);
  const now = await slice.world.state.objects.read(seen.map(({ stored }) => stored.row.id));
  const judged: Judged[] = [];
  for (const one of seen) {
    if (now.get(one.stored.row.id)?.etag === one.stored.etag) judged.push(...(await judgeOne(one, side, slice)));
  }
  await noteDrift(
    judged.map(({ finding }) => finding),
    side.mapping,
    slice,
  );
  if (slice.settings.reconcileMode !== 'repair') return;
  for (const { members } of judged) if (members) await correctMembers(members, slice);
  await correctLinks(judged, slice);
};

const judgeOne = async ({ stored, link, read }: Seen, side: Side, slice: Slice): Promise<Judged[]> => {
  const base = { row: stored.row, type: side.type, targetId: link.targetId };
  switch (read.kind) {
    case 'fault':
      return [];
    case 'gone':
    case 'notBelonging':
      return [{ stored, drift: null, members: null, finding: { ...base, kind: 'missing', differences: [] } }];
    case 'found': {
      const drift = compareKept(stored.row, link, read.account, side.mapping);
      const members = side.type === 'group' ? await compareMembers(stored.row, read.account.resource, slice) : null;
      if (!drift && !members) return [];
      const differences = [...(drift?.differences ?? []), ...(members ? [describeMembers(members)] : [])];
      return [{ stored, drift, members, finding: { ...base, kind: drift?.kind ?? 'differs', differences } }];
    }
  }
};
