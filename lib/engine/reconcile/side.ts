import type { CompiledMapping } from '../../mapping/compiled.js';
import { claimsOfGroups } from '../groups/groupClaims.js';
import { mapsMembers } from '../groups/mapsMembers.js';
import type { ObjectType } from '../model.js';
import type { GetResult, TargetPage } from '../ports.js';
import type { Slice } from '../slice.js';

/** What of the target is compared: its accounts, or its groups as accounts. Faults are as those of the target's own methods. */
export interface Side {
  readonly type: ObjectType;
  readonly mapping: CompiledMapping;
  /** Whether what nobody of ours has is told. */
  readonly tellsUnmanaged: boolean;
  /** Whether each is looked at, whatever the list says. */
  readonly looksAtAll: boolean;
  list(startIndex: number): Promise<TargetPage>;
  read(targetId: string): Promise<GetResult>;
  /** Which source object owns each. */
  readOwners(targetIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The step of the phase that a page belongs to, and the one that follows. */
export interface Steps {
  readonly here: string;
  readonly next: string;
}

export const usersSide = ({ world: { target, state }, mapping, signal }: Slice): Side => ({
  type: 'user',
  mapping,
  tellsUnmanaged: true,
  looksAtAll: false,
  list: (startIndex) => target.listUsers(startIndex, signal),
  read: (targetId) => target.readUser(targetId, signal),
  readOwners: (targetIds) => state.targets.readOwners(targetIds),
});

/** Null where groups are not provisioned. */
export const groupsSide = ({ world: { target, state }, groupMapping, signal }: Slice): Side | null =>
  groupMapping && {
    type: 'group',
    mapping: groupMapping,
    tellsUnmanaged: false,
    // A list shows no members.
    looksAtAll: mapsMembers(groupMapping),
    list: (startIndex) => target.groups.listGroups(startIndex, signal),
    read: (targetId) => target.groups.readGroup(targetId, signal),
    readOwners: (targetIds) => claimsOfGroups(state).readOwners(targetIds),
  };
