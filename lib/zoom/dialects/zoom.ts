import type { JsonObject, Values } from '../../engine/model.js';
import { buildScimBody, groupSchemaUrn, userSchemaUrn } from '../../mapping/scimBody.js';
import { checkUserValues } from '../checkUserValues.js';
import { writeClearedValues } from './clearedValues.js';
import type { Dialect, MemberRemoval, ScimRequest } from './dialect.js';
import { filterEquals } from './filter.js';
import { patchBody } from './patch.js';
import { groupPath, inChunks, page, toMembers, userPath } from './requests.js';
import { findSharedLists, pickLists } from './sharedLists.js';

export interface ZoomDialectOptions {
  readonly memberRemoval?: MemberRemoval;
}

const zoomUserUrn = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';

/**
 * Zoom's SCIM: PUT merges, so an update names only what changes; PATCH of a user is for `active` alone; the only user
 * filter is on `userName` (`externalId` there means Zoom's own id).
 */
export const createZoomDialect = ({ memberRemoval = 'value' }: ZoomDialectOptions = {}): Dialect => ({
  name: 'zoom',
  checkUserValues,
  findUser: (path, value) =>
    path.toLowerCase() === 'username'
      ? [{ method: 'GET', path: '/Users', query: { ...page(1, 10), filter: filterEquals('userName', value) } }]
      : [],
  listUsers: (startIndex, count) => ({ method: 'GET', path: '/Users', query: page(startIndex, count) }),
  readUser: (targetId) => ({ method: 'GET', path: userPath(targetId) }),
  createUser: (values, active) => ({ method: 'POST', path: '/Users', body: createBody(values, active) }),
  readsBeforeUpdate: (values) => findSharedLists(values).size > 0,
  updateUser: (targetId, values, resource = {}) => ({
    method: 'PUT',
    path: userPath(targetId),
    body: buildScimBody(writeClearedValues(values), userSchemaUrn, pickLists(resource, findSharedLists(values))),
  }),
  setUserActive: (targetId, active) => ({
    method: 'PATCH',
    path: userPath(targetId),
    body: patchBody([{ op: 'replace', path: 'active', value: active }]),
  }),
  deleteUser: (targetId) => ({ method: 'DELETE', path: userPath(targetId) }),
  findGroup: (displayName) => ({
    method: 'GET',
    path: '/Groups',
    query: { ...page(1, 10), filter: filterEquals('displayName', displayName) },
  }),
  listGroups: (startIndex, count) => ({ method: 'GET', path: '/Groups', query: page(startIndex, count) }),
  readGroup: (targetId) => ({ method: 'GET', path: groupPath(targetId) }),
  createGroup: (values) => ({ method: 'POST', path: '/Groups', body: buildScimBody(values, groupSchemaUrn) }),
  updateGroup: (targetId, values) => ({
    method: 'PATCH',
    path: groupPath(targetId),
    body: patchBody(Object.entries(values).map(([path, value]) => ({ op: 'replace', path, value }))),
  }),
  changeMembers: (targetId, { add, remove }, removal = memberRemoval) => [
    ...inChunks(add).map((ids) => addMembers(targetId, ids)),
    ...inChunks(remove).map((ids) => removeMembers(targetId, ids, removal)),
  ],
  deleteGroup: (targetId) => ({ method: 'DELETE', path: groupPath(targetId) }),
});

/** Without single sign-on Zoom invites the person, and the account stays out of reach until they accept. */
const createBody = (values: Values, active: boolean): JsonObject => {
  const loginType = `${zoomUserUrn}:loginType`;
  const isMapped = Object.keys(values).some((path) => path.toLowerCase().startsWith(loginType.toLowerCase()));
  const signIn: Values = isMapped ? {} : { [`${loginType}.workEmail`]: false, [`${loginType}.sso`]: true };
  return buildScimBody({ ...values, active, ...signIn });
};

const addMembers = (targetId: string, ids: readonly string[]): ScimRequest => ({
  method: 'PATCH',
  path: groupPath(targetId),
  body: patchBody([{ op: 'add', path: 'members', value: toMembers(ids) }]),
});

const removeMembers = (targetId: string, ids: readonly string[], form: MemberRemoval): ScimRequest => ({
  method: 'PATCH',
  path: groupPath(targetId),
  body: patchBody(
    form === 'value'
      ? [{ op: 'remove', path: 'members', value: toMembers(ids) }]
      : ids.map((id) => ({ op: 'remove', path: `members[${filterEquals('value', id)}]` })),
  ),
});
