import { HostError } from './hostError.js';
import { parseRoute, type RouteTemplate } from './routeTemplate.js';
import { expandSettings, type Settings } from './settings.js';
import type { HostedFunction, HttpTrigger } from './triggers.js';

export interface Route {
  readonly hosted: HostedFunction<HttpTrigger>;
  readonly template: RouteTemplate;
  readonly methods: readonly string[];
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Record<string, string> }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' };

/**
 * The routes under the prefix, most special first. A function without a route answers under its name. Throws
 * `RouteInvalid` and, for a `%NAME%` that is not set, `SettingMissing`.
 */
export function buildRoutes(
  functions: readonly HostedFunction<HttpTrigger>[],
  routePrefix: string,
  settings: Settings,
): readonly Route[] {
  const routes = functions.map((hosted) => {
    const { name, trigger } = hosted;
    const own = expandSettings(trigger.route || name, settings, `Function ${name}, route`);
    if (own.startsWith('/')) throw new HostError('RouteInvalid', `Function ${name}: route "${own}" begins with "/".`);
    return { hosted, template: parseRoute(`${routePrefix}/${own}`.replace(/^\//, '')), methods: trigger.methods };
  });
  return routes.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

const sortKey = ({ template }: Route): string => `${template.precedence} ${template.text.toLowerCase()}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Finds who answers. A path whose method no function takes is not found, as in the Functions host: the method is a
 * constraint of the route there, so it answers 404 and not 405, to HEAD of a GET function too.
 */
export function matchRoute(routes: readonly Route[], method: string, pathname: string): RouteMatch {
  const segments = decodeSegments(pathname);
  if (segments === null) return { kind: 'malformed' };
  for (const route of routes) {
    if (!route.methods.includes(method)) continue;
    const params = route.template.match(segments);
    if (params !== null) return { kind: 'found', route, params };
  }
  return { kind: 'none' };
}

/** An encoded slash stays encoded, as ASP.NET Core leaves it. */
function decodeSegments(pathname: string): readonly string[] | null {
  try {
    const segments = pathname.split('/').slice(1);
    if (segments.at(-1) === '') segments.pop();
    return segments.map((segment) => decodeURIComponent(segment.replace(/%2f/gi, '%252F')));
  } catch {
    return null;
  }
}
