import { z } from 'zod';
import type { JsonObject } from '../../../mapping/json.js';
import { type Answer, jsonAnswer } from '../answer.js';
import { type Context, type GrantedCall, linkTo } from '../context.js';
import { badRequest, GraphError, malformedToken } from '../errors.js';
import { applyFault } from '../faults/book.js';

/** One entry of a list; keys ascend. `render` is called only for entries that are shown. */
export interface ListEntry {
  readonly key: number;
  render(): JsonObject;
}

export interface List {
  /** What `@odata.context` names after `$metadata#`. */
  readonly metadata: string;
  /** Entries in order of their keys. Where it is cheap, those up to `after` are left out. */
  entries(after: number): Iterable<ListEntry>;
}

const defaultTop = 100;
const maxTop = 999;

const parseTop = (text: string | undefined): number => {
  if (text === undefined) {
    return defaultTop;
  }
  if (!/^\d+$/.test(text) || Number(text) < 1) {
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${maxTop} inclusive.`);
  }
  return Math.min(Number(text), maxTop);
};

/** What a list's skip token holds: which list with which options, the last key shown, empty pages still to come. */
const positionSchema = z.object({ list: z.string(), after: z.number(), empty: z.number() });

/** Path and options without the token: a token goes on with the list that it was made for, and no other. */
const listKey = (call: GrantedCall): string =>
  JSON.stringify([call.path, ...[...call.query.system].filter(([name]) => name !== '$skiptoken')]);

const openToken = (context: Context, call: GrantedCall, token: string): { after: number; empty: number } => {
  const { payload, issuedAtMs } = context.sealer.open(token);
  const parsed = positionSchema.safeParse(payload);
  if (!parsed.success || parsed.data.list !== listKey(call)) {
    throw malformedToken();
  }
  if (context.clock.nowMs() - issuedAtMs > context.settings.listTokenLifetimeMs) {
    throw new GraphError(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.');
  }
  return parsed.data;
};

const nextLink = (context: Context, call: GrantedCall, after: number, empty: number): string => {
  const token = context.sealer.seal({ list: listKey(call), after, empty }, context.settings.tokenChars);
  const options = [...call.query.system].filter(([name]) => name !== '$skiptoken');
  const query = [...options, ['$skiptoken', token] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return linkTo(call, `${call.path}?${query}`);
};

const countHeader = (call: GrantedCall, list: List, isFirst: boolean): JsonObject => {
  const asked = call.query.system.get('$count');
  if (asked === undefined) {
    return {};
  }
  if (asked !== 'true' || !isEventual(call)) {
    throw badRequest("Query option '$count' needs the value true and the header ConsistencyLevel: eventual.");
  }
  return isFirst ? { '@odata.count': [...list.entries(-1)].length } : {};
};

/** Whether the request chose the separately indexed store. */
export const isEventual = (call: GrantedCall): boolean =>
  call.headers.get('ConsistencyLevel')?.toLowerCase() === 'eventual';

const emptyPagesBefore = (context: Context, call: GrantedCall, decided: number): number => {
  if (decided >= 0) {
    return decided;
  }
  const drawn = context.random.chance(context.settings.emptyPageProbability) ? 1 : 0;
  return applyFault(call.hits, 'emptyPages')?.count ?? drawn;
};

/** One page of a plain list: 100 entries unless `$top` says otherwise, 999 at most; pages may be short or empty. */
export const answerList = (context: Context, call: GrantedCall, list: List): Answer => {
  const token = call.query.system.get('$skiptoken');
  const top = parseTop(call.query.system.get('$top'));
  const from = token === undefined ? { after: -1, empty: -1 } : openToken(context, call, token);
  const head = {
    '@odata.context': linkTo(call, `$metadata#${list.metadata}`),
    ...countHeader(call, list, token === undefined),
  };
  const empty = emptyPagesBefore(context, call, from.empty);
  if (empty > 0) {
    return jsonAnswer(200, { ...head, '@odata.nextLink': nextLink(context, call, from.after, empty - 1), value: [] });
  }
  const { random, settings } = context;
  const limit = random.chance(settings.shortPageProbability) ? 1 + random.below(top) : top;
  const value: JsonObject[] = [];
  let after = from.after;
  for (const entry of list.entries(from.after)) {
    if (entry.key <= from.after) {
      continue;
    }
    if (value.length === limit) {
      return jsonAnswer(200, { ...head, '@odata.nextLink': nextLink(context, call, after, -1), value });
    }
    value.push(entry.render());
    after = entry.key;
  }
  return jsonAnswer(200, { ...head, value });
};
