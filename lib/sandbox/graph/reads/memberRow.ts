import type { JsonObject } from '../../../mapping/json.js';
import type { Context, GrantedCall } from '../context.js';
import {
  defaultUserProperties,
  groupProperties,
  type Properties,
  type PropertyTable,
  servicePrincipalProperties,
  userProperties,
} from '../directory/properties.js';
import type { MemberRef } from '../directory/records.js';
import { canReadUsers } from '../permissions.js';
import { readRow } from '../rows.js';
import { directoryObjectProperties, parseSelect } from '../select.js';

export type RenderMember = (member: MemberRef) => JsonObject;

interface Shape {
  readonly table: PropertyTable;
  readonly defaults: readonly string[];
}

const shapes: Readonly<Record<MemberRef['type'], Shape>> = {
  user: { table: userProperties, defaults: defaultUserProperties },
  group: { table: groupProperties, defaults: Object.keys(groupProperties) },
  servicePrincipal: { table: servicePrincipalProperties, defaults: Object.keys(servicePrincipalProperties) },
  device: { table: { displayName: 'String' }, defaults: ['displayName'] },
  orgContact: { table: { displayName: 'String' }, defaults: ['displayName'] },
};

const propertiesOf = (context: Context, member: MemberRef): Properties => {
  const { users, groups, servicePrincipals, others } = context.store;
  const record = users.get(member.id) ?? groups.get(member.id) ?? servicePrincipals.get(member.id);
  return record?.properties ?? { displayName: others.get(member.id)?.displayName ?? null };
};

/** What an application with the roles for group members alone can read of a member. */
const isReadable = (call: GrantedCall, member: MemberRef): boolean =>
  member.type === 'group' ||
  (member.type === 'user' && canReadUsers(call.roles)) ||
  call.roles.has('Directory.Read.All');

/** Renders entries of member lists; what the token may not read has its type and id only. */
export const memberRenderer = (context: Context, call: GrantedCall): RenderMember => {
  const select = call.query.system.get('$select');
  const selected =
    select === undefined ? null : parseSelect(select, 'directoryObject', directoryObjectProperties, null).names;
  return (member) => {
    const type = { '@odata.type': `#microsoft.graph.${member.type}` };
    if (!isReadable(call, member)) {
      return { ...type, id: member.id };
    }
    const { table, defaults } = shapes[member.type];
    const names = selected?.filter((name) => Object.hasOwn(table, name)) ?? defaults;
    return { ...type, ...readRow(member.id, propertiesOf(context, member), names, table) };
  };
};
