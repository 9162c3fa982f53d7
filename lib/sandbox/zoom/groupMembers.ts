import type { JsonValue } from '../../mapping/json.js';
import type { Group } from './groupStore.js';
import { invalidField, notBelonging, scimError } from './refusal.js';
import { isArray, isObject } from './requestBody.js';
import type { Call, Simulation } from './simulation.js';

/** The ids of `[{value}]`. */
export const readMemberIds = (value: JsonValue | undefined): readonly string[] => {
  if (!isArray(value)) throw invalidField('Members');
  return value.map((member) => {
    if (!isObject(member) || typeof member.value !== 'string') throw invalidField('Members');
    return member.value;
  });
};

/** Those of `ids` that can be members; throws for others, or leaves them out where the settings say so. */
export const admitMembers = (sim: Simulation, call: Call, ids: readonly string[]): readonly string[] => {
  const struck = call.strikes.find('group.memberPending');
  const refused = struck && (struck.memberId ?? ids[0]);
  return ids.filter((id) => {
    const account = sim.accounts.get(id);
    if (account !== undefined && account.status !== 'pending' && id !== refused) return true;
    if (sim.settings.unknownMember === '400') throw notBelonging(400, id);
    return false;
  });
};

/** Writes a membership on both sides. */
export const storeMembers = (sim: Simulation, group: Group, ids: ReadonlySet<string>): void => {
  for (const id of group.memberIds) if (!ids.has(id)) sim.accounts.get(id)?.groupIds.delete(group.id);
  for (const id of ids) sim.accounts.get(id)?.groupIds.add(group.id);
  group.memberIds.clear();
  for (const id of ids) group.memberIds.add(id);
};

export const checkSize = (sim: Simulation, count: number): void => {
  const { maxGroupMembers } = sim.settings;
  if (maxGroupMembers !== null && count > maxGroupMembers) throw scimError(400, 'The group has too many members.');
};

/** Makes these the members of a group. */
export const setMembers = (sim: Simulation, call: Call, group: Group, members: JsonValue): void => {
  const ids = new Set(admitMembers(sim, call, readMemberIds(members)));
  checkSize(sim, ids.size);
  storeMembers(sim, group, ids);
};
