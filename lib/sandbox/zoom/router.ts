import type { Right } from './accountSettings.js';
import type { ZoomSettings } from './settings.js';

/** Names of the operations, as faults, the journal and the limits use them. */
export const operations = [
  'users.list',
  'users.filter',
  'users.create',
  'users.get',
  'users.put',
  'users.patch',
  'users.delete',
  'groups.list',
  'groups.filter',
  'groups.create',
  'groups.get',
  'groups.patch',
  'groups.delete',
  'oauth.authorize',
  'oauth.token',
  'oauth.revoke',
] as const;
export type Operation = (typeof operations)[number];

export type ScimOperation = Exclude<Operation, `oauth.${string}`>;

export type Route =
  | { readonly kind: 'scim'; readonly operation: ScimOperation; readonly id: string }
  | { readonly kind: 'oauth'; readonly operation: Extract<Operation, `oauth.${string}`> }
  | { readonly kind: 'control'; readonly segments: readonly string[] }
  | { readonly kind: 'none'; readonly status: number };

const collections = { Users: 'users', Groups: 'groups' } as const;

const decodeSegment = (segment: string): string | null => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
};

const findCollectionRoute = (method: string, kind: 'users' | 'groups', query: URLSearchParams): Route => {
  if (method === 'POST') return { kind: 'scim', operation: `${kind}.create`, id: '' };
  if (method !== 'GET') return { kind: 'none', status: 404 };
  return { kind: 'scim', operation: query.has('filter') ? `${kind}.filter` : `${kind}.list`, id: '' };
};

const findResourceRoute = (method: string, kind: 'users' | 'groups', id: string, settings: ZoomSettings): Route => {
  switch (method) {
    case 'GET':
      return { kind: 'scim', operation: `${kind}.get`, id };
    case 'PATCH':
      return { kind: 'scim', operation: `${kind}.patch`, id };
    case 'DELETE':
      return { kind: 'scim', operation: `${kind}.delete`, id };
    case 'PUT':
      return kind === 'users'
        ? { kind: 'scim', operation: 'users.put', id }
        : { kind: 'none', status: settings.groupsPutStatus };
    default:
      return { kind: 'none', status: 404 };
  }
};

const findScimRoute = (
  method: string,
  rest: string,
  query: URLSearchParams,
  settings: ZoomSettings,
): Route | undefined => {
  const [, name, segment, ...more] = rest.split('/');
  if (name !== 'Users' && name !== 'Groups') return undefined;
  if (segment === undefined) return findCollectionRoute(method, collections[name], query);
  const id = decodeSegment(segment);
  if (id === null || id === '' || more.length > 0) return undefined;
  return findResourceRoute(method, collections[name], id, settings);
};

const oauthRoutes: Readonly<Record<string, Extract<Operation, `oauth.${string}`>>> = {
  'GET /oauth/authorize': 'oauth.authorize',
  'POST /oauth/token': 'oauth.token',
  'POST /oauth/revoke': 'oauth.revoke',
};

/** Which operation a request is; the id is decoded. */
export const findRoute = (method: string, path: string, query: URLSearchParams, settings: ZoomSettings): Route => {
  const prefix = ['/scim2', ...settings.aliases].find((base) => path.startsWith(`${base}/`));
  if (prefix !== undefined) {
    return findScimRoute(method, path.slice(prefix.length), query, settings) ?? { kind: 'none', status: 404 };
  }
  if (path.startsWith('/__sim/')) {
    return {
      kind: 'control',
      segments: path
        .slice(7)
        .split('/')
        .map((segment) => decodeSegment(segment) ?? ''),
    };
  }
  const operation = oauthRoutes[`${method} ${path}`];
  return operation === undefined ? { kind: 'none', status: 404 } : { kind: 'oauth', operation };
};

/** The administrator's right that an operation needs. */
export const requiredRight = (operation: ScimOperation): Right => {
  const [kind, verb] = operation.split('.');
  const reads = verb === 'list' || verb === 'filter' || verb === 'get';
  if (kind === 'users') return reads ? 'User:Read' : 'User:Edit';
  return reads ? 'Group:Read' : 'Group:Edit';
};

/** Zoom's label of an operation: lists are Medium, all else Light. */
export const findCategory = (operation: ScimOperation): 'Light' | 'Medium' =>
  operation.endsWith('.list') || operation.endsWith('.filter') ? 'Medium' : 'Light';
