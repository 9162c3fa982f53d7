/** Every resource that the simulator serves; faults, permissions, costs and the journal go by these names. */
export const routeNames = [
  'usersDelta',
  'groupsDelta',
  'users',
  'user',
  'memberOf',
  'sendMail',
  'group',
  'members',
  'transitiveMembers',
  'groupMemberOf',
  'servicePrincipal',
  'appRoleAssignedTo',
  'deletedUsers',
  'deletedGroups',
  'deletedItem',
  'batch',
  'unknown',
] as const;
export type RouteName = (typeof routeNames)[number];

/** A path, understood. `id` is the key in it; `cast` is the type that a member list is narrowed to. */
export interface Route {
  readonly name: RouteName;
  readonly id: string;
  readonly cast: 'user' | 'group' | null;
}

const route = (name: RouteName, id = '', cast: Route['cast'] = null): Route => ({ name, id, cast });

const castOf = (segment: string | undefined): Route['cast'] | undefined => {
  switch (segment) {
    case undefined:
      return null;
    case 'microsoft.graph.user':
      return 'user';
    case 'microsoft.graph.group':
      return 'group';
    default:
      return undefined;
  }
};

const isDelta = (segment: string | undefined): boolean =>
  segment !== undefined && /^(microsoft\.graph\.)?delta(\(\))?$/.test(segment);

type Segments = readonly (string | undefined)[];

const matchUsers = ([key, child, ...rest]: Segments): Route | null => {
  if (key === undefined) {
    return route('users');
  }
  if (child === undefined) {
    return isDelta(key) ? route('usersDelta') : route('user', key);
  }
  if (rest.length > 0) {
    return null;
  }
  if (child === 'memberOf') {
    return route('memberOf', key);
  }
  return child === 'sendMail' || child === 'microsoft.graph.sendMail' ? route('sendMail', key) : null;
};

const matchGroups = ([key, child, castSegment, ...rest]: Segments): Route | null => {
  if (key === undefined || rest.length > 0) {
    return null;
  }
  if (child === undefined) {
    return isDelta(key) ? route('groupsDelta') : route('group', key);
  }
  if (child === 'memberOf' && castSegment === undefined) {
    return route('groupMemberOf', key);
  }
  const cast = castOf(castSegment);
  if (cast === undefined || (child !== 'members' && child !== 'transitiveMembers')) {
    return null;
  }
  return route(child, key, cast);
};

const matchServicePrincipals = ([key, child, ...rest]: Segments): Route | null => {
  if (key === undefined || rest.length > 0) {
    return null;
  }
  if (child === undefined) {
    return route('servicePrincipal', key);
  }
  return child === 'appRoleAssignedTo' ? route('appRoleAssignedTo', key) : null;
};

const matchDeletedItems = ([item, ...rest]: Segments): Route | null => {
  if (item === undefined || rest.length > 0) {
    return null;
  }
  switch (castOf(item)) {
    case 'user':
      return route('deletedUsers');
    case 'group':
      return route('deletedGroups');
    default:
      return item.startsWith('microsoft.graph.') ? null : route('deletedItem', item);
  }
};

/** `users('a')` is another spelling of `users/a`; `servicePrincipals(appId='b')` keys by the application's id. */
const splitKey = (segment: string): readonly string[] => {
  const [, collection, key] = /^(users|groups|servicePrincipals)\('([^']*)'\)$/.exec(segment) ?? [];
  if (collection !== undefined && key !== undefined) {
    return [collection, key];
  }
  const [, appId] = /^servicePrincipals\(appId='([^']*)'\)$/.exec(segment) ?? [];
  return appId === undefined ? [segment] : ['servicePrincipals', `appId=${appId}`];
};

/** The route of a path that is not served. */
export const unknownRoute = (path: string): Route => route('unknown', path);

/** What the path below the version root names; `unknown` with the path as its id where nothing does. */
export const matchRoute = (path: string): Route => {
  const segments = path.split('/').filter((segment) => segment !== '');
  const [first, ...rest] = segments.flatMap(splitKey);
  const matched = (() => {
    switch (first) {
      case 'users':
        return matchUsers(rest);
      case 'groups':
        return matchGroups(rest);
      case 'servicePrincipals':
        return matchServicePrincipals(rest);
      case 'directory':
        return rest[0] === 'deletedItems' ? matchDeletedItems(rest.slice(1)) : null;
      case '$batch':
        return rest.length === 0 ? route('batch') : null;
      default:
        return null;
    }
  })();
  return matched ?? unknownRoute(segments.join('/'));
};
