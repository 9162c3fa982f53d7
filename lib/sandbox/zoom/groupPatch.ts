import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { readFilterValue } from './filters.js';
import { admitMembers, checkSize, readMemberIds, storeMembers } from './groupMembers.js';
import { findGroup, isNameTaken } from './groupOperations.js';
import type { Group } from './groupStore.js';
import { invalidField, type Refusal, scimError } from './refusal.js';
import { isArray, isObject, readRequestBody } from './requestBody.js';
import type { ZoomSettings } from './settings.js';
import type { Call, Simulation } from './simulation.js';
import { replyEmpty, type WireReply } from './wire.js';

/** Zoom, update a group: the longest body. */
const maxBodyLength = 100_000;

/** What a PATCH makes of a group, built up operation by operation and stored at the end. */
interface Draft {
  displayName: string;
  memberIds: Set<string>;
}

const refuseOperation = (): Refusal => scimError(400, 'The request json did not contains valid Operations field.');

const filterPath = /^members\[\s*value\s+eq\s+("(?:[^"\\]|\\.)*")\s*\]$/;

type RemovalForm = { readonly behaviour: ZoomSettings['removeByValue']; readonly ids: readonly string[] };

const readFilteredId = (path: string): string => {
  const id = readFilterValue(filterPath.exec(path)?.[1] ?? '');
  if (id === null) throw refuseOperation();
  return id;
};

/** Which of the two forms a removal has, and what the service makes of that form. */
const readRemoval = (sim: Simulation, call: Call, operation: JsonObject): RemovalForm => {
  const { path, value } = operation;
  if (path === 'members') {
    const behaviour = call.strikes.has('group.removeFormA') ? '400' : sim.settings.removeByValue;
    return { behaviour, ids: readMemberIds(value) };
  }
  if (typeof path !== 'string') throw refuseOperation();
  const behaviour = call.strikes.has('group.removeFormB') ? '400' : sim.settings.removeByFilter;
  return { behaviour, ids: [readFilteredId(path)] };
};

const removeMembers = (sim: Simulation, call: Call, draft: Draft, operation: JsonObject): void => {
  const { behaviour, ids } = readRemoval(sim, call, operation);
  switch (behaviour) {
    case 'remove':
      for (const id of admitMembers(sim, call, ids)) draft.memberIds.delete(id);
      return;
    case 'emptyGroup':
      draft.memberIds.clear();
      return;
    case 'ignore':
      return;
    case '400':
      throw refuseOperation();
  }
};

const rename = (sim: Simulation, call: Call, group: Group, draft: Draft, value: JsonValue | undefined): void => {
  if (typeof value !== 'string' || value.trim() === '') throw invalidField('DisplayName');
  if (isNameTaken(sim, call, value, group)) throw invalidField('DisplayName');
  draft.displayName = value;
};

const readNewName = (operation: JsonObject): JsonValue | undefined => {
  if (operation.path === 'displayName') return operation.value;
  return operation.path === undefined && isObject(operation.value) ? operation.value.displayName : undefined;
};

const applyOperation = (sim: Simulation, call: Call, group: Group, draft: Draft, operation: JsonValue): void => {
  if (!isObject(operation) || typeof operation.op !== 'string') throw refuseOperation();
  const verb = operation.op.toLowerCase();
  if (verb === 'remove') {
    removeMembers(sim, call, draft, operation);
    return;
  }
  if (verb !== 'add' && verb !== 'replace') throw refuseOperation();
  if (operation.path !== 'members') {
    const name = readNewName(operation);
    if (name === undefined) throw refuseOperation();
    rename(sim, call, group, draft, name);
    return;
  }
  const ids = admitMembers(sim, call, readMemberIds(operation.value));
  draft.memberIds = verb === 'add' ? new Set([...draft.memberIds, ...ids]) : new Set(ids);
};

/** `PATCH /Groups/{id}`: members and name; all operations or none; 204 without a body. */
export const patchGroup = (sim: Simulation, call: Call): WireReply => {
  const group = findGroup(sim, call);
  if (call.request.body.length > maxBodyLength || call.strikes.has('group.tooLarge')) {
    throw scimError(sim.settings.groupTooLargeStatus, 'The request body must not exceed 100,000 characters.');
  }
  const operations = readRequestBody(sim, call).Operations;
  if (!isArray(operations) || operations.length === 0) throw refuseOperation();
  const draft: Draft = { displayName: group.displayName, memberIds: new Set(group.memberIds) };
  for (const operation of operations) applyOperation(sim, call, group, draft, operation);
  checkSize(sim, draft.memberIds.size);
  if (call.strikes.has('write.ignored')) return replyEmpty(204);
  if (draft.displayName !== group.displayName) sim.groups.rename(group, draft.displayName);
  storeMembers(sim, group, draft.memberIds);
  group.modifiedMs = sim.clock.nowMs();
  return replyEmpty(204);
};
