import type { LogOrder, LogPosition } from '../../engine/logReading.js';
import { ApiError } from '../apiError.js';
import type { ApiRequest } from '../apiRequest.js';
import type { Filter, Members } from './filter.js';
import { parseFilter } from './parseFilter.js';
import { digestQuestion, readSkipToken } from './skipToken.js';

/** What a caller asks of a log. */
export interface ListingQuery {
  readonly filter: Filter | null;
  /** Entries of a page, at most. */
  readonly top: number;
  readonly order: LogOrder;
  readonly after: LogPosition | null;
  /** The number of all matches is wanted; the first page has it. */
  readonly count: boolean;
  /** What the skip token of the next page must belong to. */
  readonly question: string;
}

const usualTop = 100;
/** As Graph's own audit logs. A larger `$top` gives pages of this size. */
const mostTop = 1_000;
const orders: Readonly<Record<string, LogOrder>> = {
  activityDateTime: 'oldestFirst',
  'activityDateTime asc': 'oldestFirst',
  'activityDateTime desc': 'newestFirst',
};
const options = ['$filter', '$top', '$orderby', '$skiptoken', '$count'];

const fault = (option: string, message: string): ApiError =>
  new ApiError(400, 'BadRequest', `${option}: ${message}`, option);

/** Parses the query options of a log. Throws `ApiError` 400 naming the option, or the member of the filter. */
export const parseListingQuery = <Row>({ query }: ApiRequest, members: Members<Row>): ListingQuery => {
  for (const name of new Set(query.keys())) {
    if (name.startsWith('$') && !options.includes(name)) {
      throw fault(name, `this listing takes ${options.join(', ')}.`);
    }
    if (query.getAll(name).length > 1 && options.includes(name)) throw fault(name, 'given more than once.');
  }
  const filterText = query.get('$filter');
  const order = readOrder(query.get('$orderby'));
  const question = digestQuestion([filterText ?? '', order]);
  const token = query.get('$skiptoken');
  return {
    filter: filterText === null ? null : parseFilter(filterText, members),
    top: readTop(query.get('$top')),
    order,
    after: token === null ? null : readSkipToken(token, question),
    count: readCount(query.get('$count')),
    question,
  };
};

const readTop = (text: string | null): number => {
  if (text === null) return usualTop;
  const top = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (top < 1) throw fault('$top', `expected a whole number from 1 to ${mostTop}.`);
  return Math.min(top, mostTop);
};

const readOrder = (text: string | null): LogOrder => {
  if (text === null) return 'newestFirst';
  const words = text.trim().split(/\s+/).join(' ');
  const order = Object.hasOwn(orders, words) ? orders[words] : undefined;
  if (order === undefined) throw fault('$orderby', 'expected activityDateTime, with asc or desc.');
  return order;
};

const readCount = (text: string | null): boolean => {
  if (text !== null && text !== 'true' && text !== 'false') throw fault('$count', 'expected true or false.');
  return text === 'true';
};
