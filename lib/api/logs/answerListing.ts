import type { ApiAnswer, ApiRequest } from '../apiRequest.js';
import type { ListingQuery } from './listingQuery.js';
import { countMatches, type ReadLog, readMatches } from './readMatches.js';
import { writeSkipToken } from './skipToken.js';

/** A listing's page as OData has it: `value`, `@odata.nextLink` where there may be more, and the count where asked for. */
export const answerListing = async <Entry>(
  request: ApiRequest,
  query: ListingQuery,
  read: ReadLog<Entry>,
  matches: (entry: Entry) => boolean,
): Promise<ApiAnswer> => {
  const count = query.count && query.after === null ? { '@odata.count': await countMatches(read, matches) } : {};
  const { entries, next } = await readMatches(read, matches, query.after, query.top);
  const link = next === null ? {} : { '@odata.nextLink': linkTo(request, writeSkipToken(next, query.question)) };
  return { status: 200, headers: {}, body: { ...count, ...link, value: entries } };
};

/** The same question with another token. `$` stays as it is: clients look for `$skiptoken`. */
const linkTo = (request: ApiRequest, token: string): string => {
  const { origin, pathname } = new URL(request.url);
  const kept = [...request.query].filter(([name]) => name !== '$skiptoken');
  const query = [...kept, ['$skiptoken', token]]
    .map((pair) => pair.map((part) => encodeURIComponent(part).replaceAll('%24', '$')).join('='))
    .join('&');
  return `${origin}${pathname}?${query}`;
};
