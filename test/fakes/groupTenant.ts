import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { GroupState } from '../../lib/sandbox/zoom/state.js';
import { draftSchema, type SchemaDraft } from '../schema/schemaDraft.js';
import { createTenant, type Tenant, type TenantOptions } from './tenant.js';

/** A tenant whose schema maps groups too. */
export interface GroupTenant extends Tenant {
  /** The group of this name in Zoom. */
  zoomGroup(displayName: string): GroupState | undefined;
  /** Names before the domain of the members that Zoom has of the group, sorted. */
  membersOf(displayName: string): readonly string[];
}

/** Both mappings of the built-in schema, with groups switched on and changed as told. */
export const mapGroups = (change: (draft: SchemaDraft) => void = () => undefined) => {
  const draft = draftSchema();
  draft.group.enabled = true;
  change(draft);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return { mapping, groupMapping: compileObjectMapping(draft.schema, 'group') };
};

export const createGroupTenant = async (
  change?: (draft: SchemaDraft) => void,
  options: TenantOptions = {},
): Promise<GroupTenant> => {
  const tenant = await createTenant({ ...mapGroups(change), ...options });
  const zoomGroup = (displayName: string) =>
    [...tenant.zoom.state().groups.values()].find((group) => group.displayName === displayName);
  return {
    ...tenant,
    zoomGroup,
    membersOf: (displayName) => {
      const { accounts } = tenant.zoom.state();
      const names = (zoomGroup(displayName)?.memberIds ?? []).map((id) => accounts.get(id)?.userName.split('@')[0]);
      return names.map((name) => name ?? 'nobody').sort();
    },
  };
};
