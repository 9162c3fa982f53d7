import type { RequestTrace } from '../engine/model.js';
import type { SourceFaultCode } from './faults.js';
import { FieldError, type Row, readRow, readRows } from './fields.js';
import type { GraphAnswer } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { sourceFailure } from './sourceFailure.js';

/** A page of a collection before its rows are parsed. */
export interface RawPage {
  readonly rows: readonly Row[];
  readonly nextLink: string | null;
  readonly deltaLink: string | null;
}

/** Throws `FaultError` with code `SourceUnreadable` where the answer is no page. */
export const readPage = ({ body, trace }: GraphAnswer): RawPage =>
  readOrFail(trace, () => {
    const page = readRow(body, 'body');
    return {
      rows: readRows(page.value, 'value'),
      nextLink: readLink(page, '@odata.nextLink'),
      deltaLink: readLink(page, '@odata.deltaLink'),
    };
  });

/** Runs a parser; a field that is not what it must be fails the whole page. */
export const readOrFail = <Result>(request: RequestTrace, parse: () => Result): Result => {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FieldError) {
      throw sourceFailure('SourceUnreadable', { detail: error.message, request }, error);
    }
    throw error;
  }
};

/** A link to go on with: on the endpoint, and not the page that was just read. Comes back as it is. */
export const checkNextLink = (
  client: GraphClient,
  link: string,
  requested: string | null,
  request: RequestTrace,
  loop: Extract<SourceFaultCode, 'DeltaLoop' | 'ListLoop'>,
): string => {
  client.assertLink(link, request);
  if (link === requested) {
    throw sourceFailure(loop, { request });
  }
  return link;
};

/** The id of a row that cannot be parsed otherwise, or null. */
export const findId = (row: Row): string | null => (typeof row.id === 'string' && row.id !== '' ? row.id : null);

const readLink = (page: Row, field: string): string | null => {
  const link = page[field] ?? null;
  if (link !== null && (typeof link !== 'string' || link === '')) {
    throw new FieldError(field, 'a link');
  }
  return link;
};
