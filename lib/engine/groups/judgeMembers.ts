import type { Slice } from '../slice.js';
import { compareMember, type MemberVerdict } from './compareMember.js';
import type { Membership } from './memberStore.js';

/** What some people in one group come to. */
export interface JudgedMembers {
  readonly changes: readonly Extract<MemberVerdict, { kind: 'add' | 'remove' }>[];
  /** Rows that changed although nothing is sent. */
  readonly changedRows: readonly Membership[];
  /** Wanted for the first time, and without an account that could be a member; nobody while the group is not in Zoom. */
  readonly waiting: readonly string[];
}

/** Compares what is wanted with what was exported, for these people in one group. */
export const judgeMembers = async (
  groupId: string,
  groupTarget: string | null,
  users: readonly string[],
  slice: Slice,
): Promise<JudgedMembers> => {
  const { objects, members } = slice.world.state;
  const rows = await objects.read(users);
  const known = await members.read(groupId, users);
  const changes: Extract<MemberVerdict, { kind: 'add' | 'remove' }>[] = [];
  const changedRows: Membership[] = [];
  const waiting: string[] = [];
  for (const userId of users) {
    const before = known.get(userId);
    const input = { group: groupId, groupTarget, userId, user: rows.get(userId)?.row };
    let verdict = compareMember({ ...input, known: before });
    if (verdict.kind === 'orphaned') {
      await passOn(verdict, slice);
      verdict = compareMember({ ...input, known: verdict.row });
    }
    if (verdict.kind === 'add' || verdict.kind === 'remove') changes.push(verdict);
    else if (!isSame(before, verdict.row)) changedRows.push(verdict.row);
    if (verdict.kind === 'waiting' && groupTarget !== null && before?.wanted !== true) waiting.push(userId);
  }
  return { changes, changedRows, waiting };
};

const isSame = (before: Membership | undefined, now: Membership): boolean =>
  before ? JSON.stringify(before) === JSON.stringify(now) : !now.wanted && now.exported === null;

/** The account belongs to somebody else by now, who may not belong into the group: that pair is compared next. */
const passOn = async (
  { row, member }: Extract<MemberVerdict, { kind: 'orphaned' }>,
  { world: { state } }: Slice,
): Promise<void> => {
  const owner = await state.targets.readOwner(member);
  if (owner === null || owner === row.user) return;
  const known = (await state.members.read(row.group, [owner])).get(owner);
  const group = (await state.objects.read([row.group])).get(row.group)?.row.link?.targetId;
  if (known?.exported || group === undefined) return;
  const base: Membership = known ?? { group: row.group, user: owner, wanted: false, exported: null, escrow: null };
  await state.members.put([{ ...base, exported: { group, member, isCertain: true } }]);
  await state.members.mark([{ group: row.group, user: owner }]);
};
