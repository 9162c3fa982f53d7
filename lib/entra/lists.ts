import type { ListPage } from '../engine/ports.js';
import { isDeadLink } from './answerFailure.js';
import type { Row } from './fields.js';
import { type GraphAnswer, isOk } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { checkNextLink, readOrFail, readPage } from './pages.js';
import { sourceFailure } from './sourceFailure.js';

/**
 * Reads one page of a plain list. A row that does not parse fails the page: a list without it would say that somebody
 * left. A link that is no longer known is `ListLinkExpired`: begin anew. `fail` turns any other answer that is no
 * success into what is thrown.
 */
export const readListPage = async <Item>(
  client: GraphClient,
  startPath: string,
  link: string | null,
  parse: (row: Row) => readonly Item[],
  signal: AbortSignal,
  fail: (answer: GraphAnswer) => Error = client.failure,
): Promise<ListPage<Item>> => {
  const answer = await (link === null ? client.get(startPath, signal) : client.follow(link, signal));
  if (link !== null && isDeadLink(answer)) {
    throw sourceFailure('ListLinkExpired', { request: answer.trace });
  }
  if (!isOk(answer)) {
    throw fail(answer);
  }
  return parseListPage(client, answer, link, parse);
};

/** The page of an answer that is at hand, for one that came in a `$batch`. */
export const parseListPage = <Item>(
  client: GraphClient,
  answer: GraphAnswer,
  requested: string | null,
  parse: (row: Row) => readonly Item[],
): ListPage<Item> => {
  const { rows, nextLink } = readPage(answer);
  return {
    rows: readOrFail(answer.trace, () => rows.flatMap(parse)),
    next: nextLink === null ? null : checkNextLink(client, nextLink, requested, answer.trace, 'ListLoop'),
  };
};
