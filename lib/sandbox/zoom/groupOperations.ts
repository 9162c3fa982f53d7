import type { JsonObject } from '../../mapping/json.js';
import { parseFilter } from './filters.js';
import { setMembers } from './groupMembers.js';
import { renderGroup, renderGroupInFull } from './groupResource.js';
import type { Group } from './groupStore.js';
import { readPage, replyList, takePage } from './paging.js';
import { invalidField, scimError } from './refusal.js';
import { isArray, isObject, readRequestBody } from './requestBody.js';
import type { Call, Simulation } from './simulation.js';
import { urns } from './urns.js';
import { replyEmpty, replyJson, type WireReply } from './wire.js';

/** Removes a group and its memberships. */
export const eraseGroup = (sim: Simulation, group: Group): void => {
  for (const accountId of group.memberIds) sim.accounts.get(accountId)?.groupIds.delete(group.id);
  sim.groups.remove(group);
};

/** The group that a path names; throws Zoom's 404 where there is none. */
export const findGroup = (sim: Simulation, call: Call): Group => {
  const group = sim.groups.get(call.id);
  if (group !== undefined && !call.strikes.has('group.groupDeleted')) return group;
  if (group !== undefined) eraseGroup(sim, group);
  throw scimError(404, 'Group does not exist.');
};

const replyGroups = (sim: Simulation, call: Call, groups: readonly Group[]): WireReply => {
  const page = readPage(sim, call);
  const shown = takePage(call, page, (offset, count) => groups.slice(offset, offset + count));
  const rows = shown.map((group) => renderGroup(sim, group));
  return replyList(call, page, rows, groups.length);
};

/** `GET /Groups`. */
export const listGroups = (sim: Simulation, call: Call): WireReply => replyGroups(sim, call, [...sim.groups.all()]);

/** `GET /Groups?filter=`: `displayName eq` only. */
export const filterGroups = (sim: Simulation, call: Call): WireReply => {
  const { value } = parseFilter(call.request.query.get('filter') ?? '', ['displayName']);
  const exact = sim.settings.groupFilterCase === 'exact';
  const found = sim.groups.findByName(value).filter((group) => !exact || group.displayName === value);
  return replyGroups(sim, call, found);
};

/** `GET /Groups/{id}`. */
export const getGroup = (sim: Simulation, call: Call): WireReply =>
  replyJson(200, renderGroupInFull(sim, findGroup(sim, call)));

const readEmailAlias = (body: JsonObject): string | null => {
  const block = body[urns.zoomGroup];
  const alias = isObject(block) ? block.emailAlias : body.emailAlias;
  if (alias === undefined || alias === null || alias === '') return null;
  if (typeof alias !== 'string') throw invalidField('EmailAlias');
  return alias;
};

/** Whether another group has this name already, where that is not allowed. */
export const isNameTaken = (sim: Simulation, call: Call, displayName: string, own: Group | null): boolean =>
  call.strikes.has('group.nameClash') ||
  (sim.settings.groupNameClash === 'reject' && sim.groups.findByName(displayName).some((group) => group !== own));

/** `POST /Groups`: 201; members given here are ignored unless the settings say otherwise. */
export const createGroup = (sim: Simulation, call: Call): WireReply => {
  const body = readRequestBody(sim, call);
  const { displayName } = body;
  if (typeof displayName !== 'string' || displayName.trim() === '') throw invalidField('DisplayName');
  const emailAlias = readEmailAlias(body);
  const full = sim.settings.maxGroups !== null && sim.groups.size() >= sim.settings.maxGroups;
  if (full || isNameTaken(sim, call, displayName, null)) throw scimError(400, 'Create group failed.');
  const nowMs = sim.clock.nowMs();
  const group: Group = {
    id: sim.newId(),
    displayName,
    emailAlias,
    isDefault: false,
    memberIds: new Set(),
    createdMs: nowMs,
    modifiedMs: nowMs,
  };
  if (sim.settings.createMembers === 'apply' && isArray(body.members)) setMembers(sim, call, group, body.members);
  sim.groups.insert(group);
  return replyJson(201, renderGroup(sim, group));
};

/** `DELETE /Groups/{id}`: 204; the account's default group stays. */
export const deleteGroup = (sim: Simulation, call: Call): WireReply => {
  const group = findGroup(sim, call);
  if (group.isDefault) throw scimError(400, 'Cannot delete account default group.');
  if (!call.strikes.has('write.ignored')) eraseGroup(sim, group);
  return replyEmpty(204);
};
