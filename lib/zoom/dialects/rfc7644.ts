import type { Fault, JsonValue, Values } from '../../engine/model.js';
import { printScimFilter } from '../../mapping/printScimPath.js';
import { buildScimBody, groupSchemaUrn } from '../../mapping/scimBody.js';
import { toTargetPath } from '../../mapping/scimPath.js';
import type { Dialect, ScimRequest } from './dialect.js';
import { filterEquals } from './filter.js';
import { type PatchOperation, patchBody } from './patch.js';
import { groupPath, inChunks, page, toMembers, userPath } from './requests.js';
import { buildUserPatch, buildUserPatchOver } from './userPatch.js';

/** Attributes that RFC 7643 compares without case. */
const caseless = /^(userName|emails(\[[^\]]*\])?\.value)$/i;

/**
 * SCIM as RFC 7644 has it: every change is a PATCH, any attribute can be searched by, a member leaves a group through
 * a filter (a `value` beside the path `members` empties the group where a server takes the path alone).
 */
export const createRfc7644Dialect = (): Dialect => ({
  name: 'rfc7644',
  checkUserValues,
  findUser: (path, value) => searchesFor(path, value).map((filter) => search('/Users', filter)),
  listUsers: (startIndex, count) => ({ method: 'GET', path: '/Users', query: page(startIndex, count) }),
  readUser: (targetId) => ({ method: 'GET', path: userPath(targetId) }),
  createUser: (values, active) => ({
    method: 'POST',
    path: '/Users',
    body: buildScimBody(present({ ...values, active })),
  }),
  updateUser: (targetId, values) => patch(userPath(targetId), buildUserPatch(values)),
  amendUser: (targetId, values, resource) => {
    const operations = buildUserPatchOver(values, resource);
    return operations.length === 0 ? null : patch(userPath(targetId), operations);
  },
  setUserActive: (targetId, active) => patch(userPath(targetId), [{ op: 'replace', path: 'active', value: active }]),
  deleteUser: (targetId) => ({ method: 'DELETE', path: userPath(targetId) }),
  findGroup: (displayName) => search('/Groups', filterEquals('displayName', displayName)),
  listGroups: (startIndex, count) => ({ method: 'GET', path: '/Groups', query: page(startIndex, count) }),
  readGroup: (targetId) => ({ method: 'GET', path: groupPath(targetId) }),
  createGroup: (values) => ({ method: 'POST', path: '/Groups', body: buildScimBody(present(values), groupSchemaUrn) }),
  updateGroup: (targetId, values) => patch(groupPath(targetId), buildUserPatch(values)),
  changeMembers: (targetId, { add, remove }, removal = 'filter') => [
    ...inChunks(add).map((ids) => patch(groupPath(targetId), [{ op: 'add', path: 'members', value: toMembers(ids) }])),
    ...inChunks(remove).map((ids) =>
      patch(
        groupPath(targetId),
        removal === 'filter' ? ids.map(removeMember) : [{ op: 'remove', path: 'members', value: toMembers(ids) }],
      ),
    ),
  ],
  deleteGroup: (targetId) => ({ method: 'DELETE', path: groupPath(targetId) }),
});

const removeMember = (id: string): PatchOperation => ({ op: 'remove', path: `members[${filterEquals('value', id)}]` });

const patch = (path: string, operations: readonly PatchOperation[]): ScimRequest => ({
  method: 'PATCH',
  path,
  body: patchBody(operations),
});

const search = (path: string, filter: string): ScimRequest => ({
  method: 'GET',
  path,
  query: { ...page(1, 10), filter },
});

/**
 * A server must compare `userName` without case, and some do not: the value in small letters is asked for as well, so
 * that an account written that way is found before it is made a second time.
 */
const searchesFor = (path: string, value: string): readonly string[] => {
  const texts = caseless.test(path) ? new Set([value, value.toLowerCase()]) : [value];
  return [...texts].map((text) => printScimFilter(toTargetPath(path), text));
};

/** What is not there is not sent (RFC 7643 2.5: null and an empty list are the same as nothing). */
const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isAbsent(value)));

const isAbsent = (value: JsonValue): boolean => value === null || (Array.isArray(value) && value.length === 0);

const checkUserValues = ({ userName }: Values): Fault | null => {
  if (userName === undefined || (typeof userName === 'string' && userName.trim() !== '')) return null;
  return {
    code: 'InvalidUserName',
    message: 'The value of userName is empty, and SCIM requires one.',
    recommendedAction: 'Map an attribute to userName that every user in scope has.',
    whose: 'object',
    retry: 'onChange',
  };
};
