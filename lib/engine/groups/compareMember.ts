import { memberRole, type ObjectRow } from '../stored.js';
import type { Membership } from './memberStore.js';

/** What a pair comes to. `row`: as it is where nothing is sent; a change is sent by the ids in Zoom. */
export type MemberVerdict =
  | { readonly kind: 'settled'; readonly row: Membership }
  /** Wanted, and the person has no account that could be a member yet. */
  | { readonly kind: 'waiting'; readonly row: Membership }
  | { readonly kind: 'add' | 'remove'; readonly row: Membership; readonly member: string }
  /** The account that stands in the group for this person has no owner of ours any more, or another one. */
  | { readonly kind: 'orphaned'; readonly row: Membership; readonly member: string };

export interface PairInput {
  readonly group: string;
  /** The group's id in Zoom; null while it is not there, or out of scope. */
  readonly groupTarget: string | null;
  readonly userId: string;
  /** Undefined: nothing is known of the user any more. */
  readonly user: ObjectRow | undefined;
  readonly known: Membership | undefined;
}

/** Pure: one person in one group, wanted by the edge and exported by the row. */
export const compareMember = ({ group, groupTarget, userId, user, known }: PairInput): MemberVerdict => {
  const wanted = user?.via[group]?.[memberRole] !== undefined;
  const link = user?.link ?? null;
  const before: Membership = known ?? { group, user: userId, wanted: false, exported: null, escrow: null };
  const row: Membership = { ...before, wanted };
  if (groupTarget === null) return { kind: wanted ? 'waiting' : 'settled', row };
  // What another group of Zoom was made to hold says nothing of this one.
  const exported = before.exported?.group === groupTarget ? before.exported : null;
  const own = link !== null && link.state !== 'detached' ? link.targetId : null;
  if (exported !== null && exported.member !== own) {
    return { kind: 'orphaned', row: { ...row, exported: null }, member: exported.member };
  }
  const current: Membership = { ...row, exported };
  if (!wanted) {
    return exported === null
      ? { kind: 'settled', row: current }
      : { kind: 'remove', row: current, member: exported.member };
  }
  if (exported?.isCertain) return { kind: 'settled', row: { ...current, escrow: null } };
  if (own === null || link?.state !== 'active' || link.invited) return { kind: 'waiting', row: current };
  return { kind: 'add', row: current, member: own };
};
