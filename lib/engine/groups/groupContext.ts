import type { CompiledMapping } from '../../mapping/compiled.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import { claimsOfGroups } from './groupClaims.js';
import { asAccounts } from './groupTarget.js';

/** What a cycle counts of groups stands beside what it counts of users; links of groups are not counted. */
const countedAs: Readonly<Record<string, string | null>> = {
  created: 'groupsCreated',
  adopted: 'groupsAdopted',
  updated: 'groupsUpdated',
  deleted: 'groupsDeleted',
  linkedActive: null,
  linkedDisabled: null,
};

/** The context in which users are provisioned, over the target's groups and the mapping of groups. */
export const groupContext = async (
  rows: readonly StoredObject[],
  mapping: CompiledMapping,
  slice: Slice,
): Promise<ProvisionContext> => {
  const readsRoles = mapping.sourceAttributes.includes('appRoleAssignments');
  const base = await slice.provisionContext(readsRoles ? rows : []);
  const { state, target } = base.world;
  return {
    ...base,
    mapping,
    world: { ...base.world, target: asAccounts(target), state: { ...state, targets: claimsOfGroups(state) } },
    scene: { ...base.scene, mapping },
    // No group comes out invited.
    domains: { has: () => true, learn: () => undefined },
    names: null,
    count: (key, by) => {
      const countedKey = countedAs[key] === undefined ? key : countedAs[key];
      if (countedKey !== null) base.count(countedKey, by);
    },
  };
};
