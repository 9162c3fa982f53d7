import type { JsonObject } from '../../../mapping/json.js';
import { jsonAnswer } from '../answer.js';
import { type Context, type GrantedCall, type Handler, linkTo } from '../context.js';
import { objectAt } from '../directory/past.js';
import { defaultUserProperties, userProperties } from '../directory/properties.js';
import type { UserRecord } from '../directory/records.js';
import { isLive } from '../directory/store.js';
import { badRequest, resourceNotFound } from '../errors.js';
import { type NameTerm, parseListFilter, parseNameFilter } from '../filter.js';
import { allowOptions } from '../query.js';
import { readRow } from '../rows.js';
import { parseSelect } from '../select.js';
import { parseExpandManager } from './expandManager.js';
import { answerList, type ListEntry } from './list.js';

/** A user by object id or userPrincipalName, whether live or soft-deleted. */
export const findUser = (context: Context, key: string): UserRecord | undefined => {
  const { users, idByUserPrincipalName } = context.store;
  return users.get(key.toLowerCase()) ?? users.get(idByUserPrincipalName.get(key.toLowerCase()) ?? '');
};

/** Renders one user as the call asks; null where the replica does not see it. */
type RenderUser = (user: UserRecord) => JsonObject | null;

const rendererFor = (context: Context, call: GrantedCall): RenderUser => {
  const select = call.query.system.get('$select');
  const names = select === undefined ? defaultUserProperties : parseSelect(select, 'user', userProperties, null).names;
  const expand = parseExpandManager(call.query.system.get('$expand'));
  return (user) => {
    const seen = objectAt(user, call.asOfMs);
    if (!seen.visible) {
      return null;
    }
    const row = readRow(user.id, seen.properties, names, userProperties);
    return { ...row, ...expand(context.store, seen.managerId) };
  };
};

/** `GET /users/{id or userPrincipalName}`; 404 also for users that are soft-deleted or not replicated yet. */
export const answerUser: Handler = (context, call) => {
  allowOptions(call.query, ['$select', '$expand'], 'a user');
  const render = rendererFor(context, call);
  const user = findUser(context, call.route.id);
  const row = user === undefined ? null : render(user);
  if (row === null) {
    throw resourceNotFound(call.route.id);
  }
  return jsonAnswer(200, { '@odata.context': linkTo(call, '$metadata#users/$entity'), ...row });
};

function* usersByIds(context: Context, ids: readonly string[], render: RenderUser): Iterable<ListEntry> {
  for (const [key, id] of ids.entries()) {
    const user = context.store.users.get(id);
    const row = user === undefined ? null : render(user);
    if (row !== null) {
      yield { key, render: () => row };
    }
  }
}

function* allUsers(context: Context, after: number, render: RenderUser): Iterable<ListEntry> {
  const { store } = context;
  for (let key = after + 1; key < store.userIds.length; key += 1) {
    const user = store.users.get(store.userIds[key] ?? '');
    if (user !== undefined && isLive(store, user.id)) {
      yield { key, render: () => render(user) ?? readRow(user.id, user.properties, [], userProperties) };
    }
  }
}

function* usersByName(context: Context, call: GrantedCall, terms: readonly NameTerm[], render: RenderUser) {
  const wanted = terms.map(({ property, value }) => ({ property, value: value.toLowerCase() }));
  for (const [key, id] of context.store.userIds.entries()) {
    const user = context.store.users.get(id);
    const seen = user && objectAt(user, call.asOfMs);
    const isNamed = (term: NameTerm): boolean => {
      const held = seen?.properties[term.property];
      return typeof held === 'string' && held.toLowerCase() === term.value;
    };
    const row = user && seen?.visible === true && wanted.some(isNamed) ? render(user) : null;
    if (row !== null) {
      yield { key, render: () => row };
    }
  }
}

/** `GET /users`, all or those whose id, userPrincipalName or mail a `$filter` names. */
export const answerUsers: Handler = (context, call) => {
  allowOptions(call.query, ['$select', '$expand', '$filter', '$top', '$count', '$skiptoken'], 'users');
  if (call.query.system.has('$expand') && call.query.system.has('$count')) {
    throw badRequest("'$expand' cannot be combined with advanced queries.");
  }
  const render = rendererFor(context, call);
  const filter = call.query.system.get('$filter');
  const names = filter === undefined ? null : parseNameFilter(filter);
  if (names !== null) {
    return answerList(context, call, { metadata: 'users', entries: () => usersByName(context, call, names, render) });
  }
  const ids = filter === undefined ? null : parseListFilter(filter);
  return answerList(context, call, {
    metadata: 'users',
    entries: (after) => (ids === null ? allUsers(context, after, render) : usersByIds(context, ids, render)),
  });
};
