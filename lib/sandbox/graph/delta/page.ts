import type { JsonObject } from '../../../mapping/json.js';
import { type Answer, jsonAnswer } from '../answer.js';
import { type Context, type GrantedCall, linkTo } from '../context.js';
import { applyFault } from '../faults/book.js';
import { changesRound } from './changesRound.js';
import { initialRound } from './initialRound.js';
import { bendRows, holdBack } from './oddities.js';
import type { ChangesPosition, EndPosition, PagePosition } from './position.js';
import type { DeltaResource, StreamQuery } from './query.js';
import { fillPage, type RoundSource } from './source.js';
import { startPage } from './start.js';

interface Page {
  readonly rows: readonly JsonObject[];
  readonly next: PagePosition | EndPosition;
}

const placeKey = (position: PagePosition): string =>
  position.kind === 'initial'
    ? `${position.query} ${position.round} ${position.at} ${position.cursor}`
    : `${position.query} ${position.fromSeq} ${position.toSeq} ${position.at} ${position.cursor}`;

/** How many empty pages stand before this one. */
const emptyPagesBefore = (context: Context, call: GrantedCall, position: PagePosition): number => {
  if (position.empty >= 0) {
    return position.empty;
  }
  const planned = applyFault(call.hits, 'emptyPages')?.count;
  const drawn = context.random.chanceFor(`empty ${placeKey(position)}`, context.settings.emptyPageProbability) ? 1 : 0;
  return planned ?? drawn;
};

const rowsPerPage = (context: Context, query: StreamQuery, position: PagePosition): number => {
  const { settings, random } = context;
  const full = query.resource === 'users' ? settings.usersPerPage : settings.groupsPerPage;
  const key = `short ${placeKey(position)}`;
  return random.chanceFor(key, settings.shortPageProbability) ? 1 + random.belowFor(`${key} rows`, full) : full;
};

const endOf = (position: PagePosition): EndPosition => ({
  kind: 'end',
  query: position.query,
  fromSeq: position.toSeq,
  previousFromSeq: position.kind === 'initial' ? position.toSeq : position.fromSeq,
  late: position.kind === 'initial' ? [] : position.withheld.map((late) => ({ ...late, rounds: late.rounds - 1 })),
});

/** What follows the last rows of a round: an initial one may go on with what changed meanwhile. */
const afterLast = (context: Context, position: PagePosition): PagePosition | EndPosition => {
  const { store, random, settings } = context;
  const goesOn =
    position.kind === 'initial' &&
    store.seq > position.toSeq &&
    random.chanceFor(`tail ${position.round}`, settings.tailProbability);
  if (!goesOn) {
    return endOf(position);
  }
  return {
    kind: 'changes',
    query: position.query,
    at: 0,
    cursor: 0,
    empty: -1,
    fromSeq: position.toSeq,
    toSeq: store.seq,
    due: [],
    withheld: [],
    minimal: false,
  };
};

const sourceOf = (context: Context, query: StreamQuery, position: PagePosition): RoundSource =>
  position.kind === 'initial'
    ? initialRound(context.store, query, position)
    : changesRound(context.store, context.rounds, query, position);

const hasTrailingPage = (context: Context, position: PagePosition): boolean => {
  const { trailingPage } = context.settings;
  return trailingPage === 'always' || (trailingPage === 'initial' && position.kind === 'initial');
};

const withMinimal = (call: GrantedCall, position: PagePosition): PagePosition => {
  const asked = /\breturn=minimal\b/i.test(call.headers.get('Prefer') ?? '');
  return position.kind === 'changes' && asked ? { ...position, minimal: true } : position;
};

const withHeldBack = (
  context: Context,
  call: GrantedCall,
  query: StreamQuery,
  position: PagePosition,
): PagePosition => {
  if (position.kind === 'initial') {
    return position;
  }
  const late = holdBack(call, position, context.rounds.itemsOf(context.store, query, position));
  return late === null ? position : ({ ...position, withheld: [...position.withheld, late] } satisfies ChangesPosition);
};

const pageAt = (context: Context, call: GrantedCall, query: StreamQuery, started: PagePosition): Page => {
  const empty = emptyPagesBefore(context, call, started);
  if (empty > 0) {
    return { rows: [], next: { ...started, empty: empty - 1 } };
  }
  const position = withHeldBack(context, call, query, withMinimal(call, started));
  const source = sourceOf(context, query, position);
  const edges = query.resource === 'users' ? Number.POSITIVE_INFINITY : context.settings.membersPerPage;
  const filled = fillPage(source, position, rowsPerPage(context, query, position), edges);
  const rows = bendRows(context, call, query, filled.rows);
  const isLast = filled.at >= source.count && (rows.length === 0 || !hasTrailingPage(context, position));
  const next = isLast ? afterLast(context, position) : { ...position, at: filled.at, cursor: filled.cursor, empty: -1 };
  return { rows, next };
};

const contextOf = (call: GrantedCall, query: StreamQuery): string => {
  const relation = query.resource === 'users' ? 'manager' : 'members';
  const fields = ['id', ...query.names, ...(query.relation ? [relation] : [])];
  return linkTo(call, `$metadata#${query.resource}(${fields.join(',')})`);
};

/** One page of a delta query: rows with exactly one of nextLink and deltaLink. */
export const answerDelta = (context: Context, call: GrantedCall, resource: DeltaResource): Answer => {
  const { query, position } = startPage(context, call, resource);
  const { rows, next } =
    position.kind === 'end' ? { rows: [], next: position } : pageAt(context, call, query, position);
  const token = context.sealer.seal(next, context.settings.tokenChars);
  const link =
    next.kind === 'end'
      ? { '@odata.deltaLink': linkTo(call, `${resource}/delta?$deltatoken=${token}`) }
      : { '@odata.nextLink': linkTo(call, `${resource}/delta?$skiptoken=${token}`) };
  const answer = jsonAnswer(200, { '@odata.context': contextOf(call, query), ...link, value: rows });
  const isMinimal = position.kind !== 'end' && withMinimal(call, position) !== position;
  return isMinimal ? { ...answer, headers: { ...answer.headers, 'Preference-Applied': 'return=minimal' } } : answer;
};
