import { z } from 'zod';
import type { JsonValue } from '../../../mapping/json.js';
import type { DirectoryAdmin } from './admin.js';
import { checkProperties } from './checkProperties.js';
import {
  groupProperties,
  type PropertiesOf,
  type PropertyTable,
  servicePrincipalProperties,
  userProperties,
} from './properties.js';

const id = z.string();
const json: z.ZodType<JsonValue> = z.json();

/** Properties of one type, each checked against the table. */
const propertiesOf = <Table extends PropertyTable>(table: Table, typeName: string) =>
  z.record(z.string(), json).transform((values, context): PropertiesOf<Table> => {
    try {
      checkProperties(table, typeName, values);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
    return values as PropertiesOf<Table>;
  });

const appRole = z.strictObject({
  id,
  displayName: z.string(),
  value: z.string().nullable(),
  description: z.string().exactOptional(),
  isEnabled: z.boolean().exactOptional(),
  allowedMemberTypes: z.array(z.string()).exactOptional(),
});
const assignment = {
  principalId: id,
  appRoleId: id.exactOptional(),
  servicePrincipalId: id.exactOptional(),
};
const shownAs = z.strictObject({
  principalType: z.string().exactOptional(),
  principalDisplayName: z.string().nullable().exactOptional(),
});
const byId = <const Op extends string>(op: Op) => z.strictObject({ op: z.literal(op), id });

/** One change of the directory as JSON, for other processes; `op` is the name of a DirectoryAdmin method. */
export const mutationSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('createUser'),
    id: id.exactOptional(),
    userPrincipalName: z.string(),
    managerId: id.exactOptional(),
    properties: propertiesOf(userProperties, 'user').exactOptional(),
  }),
  z.strictObject({ op: z.literal('updateUser'), id, properties: propertiesOf(userProperties, 'user') }),
  z.strictObject({ op: z.literal('setManager'), id, managerId: id.nullable() }),
  z.strictObject({ op: z.literal('swapUserPrincipalNames'), firstId: id, secondId: id }),
  byId('deleteUser'),
  byId('restoreUser'),
  byId('purgeUser'),
  z.strictObject({
    op: z.literal('createGroup'),
    id: id.exactOptional(),
    displayName: z.string(),
    properties: propertiesOf(groupProperties, 'group').exactOptional(),
  }),
  z.strictObject({ op: z.literal('updateGroup'), id, properties: propertiesOf(groupProperties, 'group') }),
  byId('deleteGroup'),
  byId('restoreGroup'),
  byId('purgeGroup'),
  z.strictObject({
    op: z.literal('createMemberObject'),
    id: id.exactOptional(),
    type: z.enum(['device', 'orgContact']),
    displayName: z.string(),
  }),
  z.strictObject({ op: z.literal('addMember'), groupId: id, memberId: id }),
  z.strictObject({ op: z.literal('removeMember'), groupId: id, memberId: id }),
  z.strictObject({
    op: z.literal('createServicePrincipal'),
    id: id.exactOptional(),
    displayName: z.string(),
    properties: propertiesOf(servicePrincipalProperties, 'servicePrincipal').exactOptional(),
  }),
  z.strictObject({
    op: z.literal('updateServicePrincipal'),
    id,
    properties: propertiesOf(servicePrincipalProperties, 'servicePrincipal'),
  }),
  byId('deleteServicePrincipal'),
  byId('restoreServicePrincipal'),
  z.strictObject({ op: z.literal('defineAppRoles'), id, roles: z.array(appRole) }),
  z.strictObject({ op: z.literal('assign'), ...assignment, shownAs: shownAs.exactOptional() }),
  z.strictObject({ op: z.literal('unassign'), ...assignment }),
]);

export type Mutation = z.infer<typeof mutationSchema>;

/** Carries one mutation out; the id of what it created, else null. Throws DirectoryError as the method does. */
export const applyMutation = (dir: DirectoryAdmin, mutation: Mutation): string | null => {
  switch (mutation.op) {
    case 'createUser': {
      const { op: _, properties, ...rest } = mutation;
      return dir.createUser({ ...properties, ...rest });
    }
    case 'createGroup': {
      const { op: _, properties, ...rest } = mutation;
      return dir.createGroup({ ...properties, ...rest });
    }
    case 'createServicePrincipal': {
      const { op: _, properties, ...rest } = mutation;
      return dir.createServicePrincipal({ ...properties, ...rest });
    }
    case 'createMemberObject': {
      const { op: _, ...object } = mutation;
      return dir.createMemberObject(object);
    }
    case 'assign': {
      const { op: _, ...wanted } = mutation;
      return dir.assign(wanted);
    }
    default:
      changeExisting(dir, mutation);
      return null;
  }
};

type Creation = 'createUser' | 'createGroup' | 'createServicePrincipal' | 'createMemberObject' | 'assign';

const changeExisting = (dir: DirectoryAdmin, mutation: Exclude<Mutation, { op: Creation }>): void => {
  switch (mutation.op) {
    case 'updateUser':
      dir.updateUser(mutation.id, mutation.properties);
      return;
    case 'updateGroup':
      dir.updateGroup(mutation.id, mutation.properties);
      return;
    case 'updateServicePrincipal':
      dir.updateServicePrincipal(mutation.id, mutation.properties);
      return;
    case 'setManager':
      dir.setManager(mutation.id, mutation.managerId);
      return;
    case 'swapUserPrincipalNames':
      dir.swapUserPrincipalNames(mutation.firstId, mutation.secondId);
      return;
    case 'addMember':
      dir.addMember(mutation.groupId, mutation.memberId);
      return;
    case 'removeMember':
      dir.removeMember(mutation.groupId, mutation.memberId);
      return;
    case 'defineAppRoles':
      dir.defineAppRoles(mutation.id, mutation.roles);
      return;
    case 'unassign': {
      const { op: _, ...wanted } = mutation;
      dir.unassign(wanted);
      return;
    }
    case 'deleteUser':
    case 'restoreUser':
    case 'purgeUser':
    case 'deleteGroup':
    case 'restoreGroup':
    case 'purgeGroup':
    case 'deleteServicePrincipal':
    case 'restoreServicePrincipal':
      dir[mutation.op](mutation.id);
      return;
    default:
      mutation satisfies never;
  }
};
