import type { Fault } from '../engine/model.js';
import type { DeltaPage, Next } from '../engine/ports.js';
import { isDeadLink } from './answerFailure.js';
import { describeFault } from './faults.js';
import { FieldError, isRow, type Row } from './fields.js';
import { type GraphAnswer, isOk, readErrorCode } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { checkNextLink, findId, readPage } from './pages.js';
import { sourceFailure } from './sourceFailure.js';

/** What a row that carries no object says. */
export type RowOutcome =
  | { readonly kind: 'removed'; readonly id: string; readonly reason: 'changed' | 'deleted' }
  | { readonly kind: 'unreadable'; readonly id: string; readonly fault: Fault };

/**
 * Reads one page of a delta stream: the enumeration's first (`link` null, at `startPath`) or the one that a stored link
 * names. Any 4xx on a link other than 401, 403, 408 and 429 is asked once more and then means `resync`: tokens expire
 * with 400, 404 or 410, and a 410's Location is never followed, since the first URL is rebuilt anyway. A stored link of
 * another host is of an endpoint that was configured before: it is not asked for, and means `resync` too.
 */
export const readDeltaPage = async <Present>(
  client: GraphClient,
  startPath: string,
  link: string | null,
  parse: (row: Row) => Present,
  signal: AbortSignal,
): Promise<DeltaPage<Present | RowOutcome>> => {
  if (link !== null && !client.isOwnLink(link)) {
    return { kind: 'resync', reason: 'the link is of another endpoint' };
  }
  const ask = () => (link === null ? client.get(startPath, signal) : client.follow(link, signal));
  let answer = await ask();
  if (link !== null && isDeadLink(answer)) {
    answer = await ask();
    if (isDeadLink(answer)) {
      return { kind: 'resync', reason: readErrorCode(answer.body) ?? `status ${answer.status}` };
    }
  }
  if (!isOk(answer)) {
    throw isUnsupportedTenant(answer)
      ? sourceFailure('TenantNotSupported', { request: answer.trace })
      : client.failure(answer);
  }
  const page = readPage(answer);
  const next = readNext(client, page, link, answer);
  return { kind: 'page', rows: page.rows.map((row) => readDeltaRow(row, parse, answer)), next };
};

/** "Change enumeration is not supported for requested tenant": external and B2C tenants. */
const isUnsupportedTenant = ({ status, body }: GraphAnswer): boolean =>
  status === 400 && readErrorCode(body) === 'request_unsupportedquery';

const readNext = (
  client: GraphClient,
  { nextLink, deltaLink }: ReturnType<typeof readPage>,
  link: string | null,
  { trace }: GraphAnswer,
): Next => {
  if (nextLink !== null && deltaLink === null) {
    return { kind: 'more', link: checkNextLink(client, nextLink, link, trace, 'DeltaLoop') };
  }
  if (deltaLink !== null && nextLink === null) {
    client.assertLink(deltaLink, trace);
    return { kind: 'end', watermark: deltaLink };
  }
  throw sourceFailure('SourceUnreadable', {
    detail: 'A delta page must have either @odata.nextLink or @odata.deltaLink.',
    request: trace,
  });
};

const readDeltaRow = <Present>(
  row: Row,
  parse: (row: Row) => Present,
  { trace }: GraphAnswer,
): Present | RowOutcome => {
  try {
    return readRemoved(row) ?? parse(row);
  } catch (error) {
    if (!(error instanceof FieldError)) {
      throw error;
    }
    const id = findId(row);
    if (id === null) {
      // Nobody knows whom it concerns, so the page cannot be passed by.
      throw sourceFailure('SourceUnreadable', { detail: error.message, request: trace }, error);
    }
    return {
      kind: 'unreadable',
      id,
      fault: describeFault('SourceObjectUnreadable', { detail: error.message, request: trace }),
    };
  }
};

const readRemoved = (row: Row): RowOutcome | null => {
  const id = findId(row);
  if (id === null) {
    throw new FieldError('id', 'a text');
  }
  const removed = row['@removed'];
  if (removed === undefined || removed === null) {
    return null;
  }
  const reason = isRow(removed) ? removed.reason : undefined;
  if (reason !== 'changed' && reason !== 'deleted') {
    throw new FieldError('@removed/reason', '"changed" or "deleted"');
  }
  return { kind: 'removed', id, reason };
};
