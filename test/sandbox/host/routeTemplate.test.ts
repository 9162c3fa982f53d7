import { buildRoutes, matchRoute } from '../../../lib/sandbox/host/routes.js';
import { parseRoute } from '../../../lib/sandbox/host/routeTemplate.js';
import type { HostedFunction, HttpTrigger } from '../../../lib/sandbox/host/triggers.js';

const match = (template: string, path: string) => parseRoute(template).match(path.split('/'));

describe('a route template', () => {
  test.each([
    ['literals in any case', 'api/Jobs', 'API/jobs', {}],
    ['a parameter', 'jobs/{id}', 'jobs/A b', { id: 'A b' }],
    ['a parameter needs a value', 'jobs/{id}', 'jobs', null],
    ['no more segments than it has', 'jobs/{id}', 'jobs/a/b', null],
    ['an optional parameter', 'jobs/{id?}', 'jobs', {}],
    ['a default', 'jobs/{id=all}', 'jobs', { id: 'all' }],
    ['a catch-all', 'files/{*rest}', 'files/a/b.txt', { rest: 'a/b.txt' }],
    ['a catch-all of nothing', 'files/{*rest}', 'files', {}],
    [
      'a constraint that holds',
      'jobs/{id:guid}',
      'jobs/9f4a3c1e-0000-4000-8000-000000000001',
      { id: '9f4a3c1e-0000-4000-8000-000000000001' },
    ],
    ['a constraint that does not', 'jobs/{id:int}', 'jobs/abc', null],
    [
      'parts around a parameter, as OData functions have',
      "schema/functions('{name}')",
      "schema/functions('Join')",
      { name: 'Join' },
    ],
    ['two parameters in a segment', '{name}.{ending}', 'a.b.c', { name: 'a.b', ending: 'c' }],
  ])('%s: %s', (_what, template, path, expected) => {
    expect(match(template, path)).toEqual(expected);
  });

  test.each([
    ['a catch-all in the middle', 'a/{*rest}/b', 'only the last segment'],
    ['an open brace', 'a/{id', '"{" without "}"'],
    ['an unknown constraint', 'a/{id:colour}', 'the constraint "colour"'],
    ['an optional part of a segment', 'a.{ending?}', 'must be a whole segment'],
  ])('%s is refused', (_what, template, message) => {
    expect(() => parseRoute(template)).toThrow(message);
  });
});

describe('the routes of an app', () => {
  const hosted = (name: string, route: string, methods = ['GET']): HostedFunction<HttpTrigger> => ({
    name,
    bindingName: 'req',
    trigger: { type: 'httpTrigger', route, methods, authLevel: 'anonymous' },
    metadata: { name, bindings: {} },
    callback: () => undefined,
  });
  const routes = buildRoutes(
    [
      hosted('any', '{*rest}'),
      hosted('job', 'jobs/{job}'),
      hosted('numbered', 'jobs/{job:int}'),
      hosted('latest', 'jobs/latest'),
      hosted('create', 'jobs/latest', ['POST']),
      hosted('named', ''),
    ],
    'api',
    {},
  );
  const answeredBy = (method: string, path: string): string => {
    const found = matchRoute(routes, method, path);
    return found.kind === 'found' ? found.route.hosted.name : found.kind;
  };

  test.each([
    ['GET', '/api/jobs/latest', 'latest'],
    ['POST', '/api/jobs/latest', 'create'],
    ['GET', '/api/jobs/17', 'numbered'],
    ['GET', '/api/jobs/zoom.a.b', 'job'],
    ['GET', '/api/jobs/a/b', 'any'],
    ['GET', '/api/named/', 'named'],
    ['PUT', '/api/jobs/latest', 'none'],
    ['GET', '/other', 'none'],
    ['GET', '/api/jobs/%zz', 'malformed'],
  ])('%s %s is answered by: %s', (method, path, expected) => {
    expect(answeredBy(method, path)).toBe(expected);
  });

  test('an encoded slash does not make a segment, and stays encoded', () => {
    const found = matchRoute(routes, 'GET', '/api/jobs/a%2Fb');
    expect(found).toMatchObject({ kind: 'found', params: { job: 'a%2Fb' } });
  });
});
