/**
 * A path with `{id}` for everything that is not one of the service's own words, so that metrics stay few and no id
 * reaches them: `/v1.0/users/4e2f…/memberOf` → `/v1.0/users/{id}/memberOf`,
 * `/servicePrincipals(appId='…')` → `/servicePrincipals({id})`.
 */
export const templatePath = (path: string, words: ReadonlySet<string>): string =>
  path
    .split('/')
    .map((segment) => templateSegment(segment, words))
    .join('/');

const templateSegment = (segment: string, words: ReadonlySet<string>): string => {
  if (segment === '' || words.has(segment)) {
    return segment;
  }
  const key = segment.indexOf('(');
  const name = segment.slice(0, Math.max(0, key));
  return words.has(name) ? `${name}({id})` : '{id}';
};
