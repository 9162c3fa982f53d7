import type { Context, GrantedCall } from '../context.js';
import type { ChangeLog } from '../directory/changeLog.js';
import { badRequest, syncStateNotFound } from '../errors.js';
import { applyFault } from '../faults/book.js';
import { allowOptions } from '../query.js';
import { openPosition } from './openPosition.js';
import type { EndPosition, PagePosition } from './position.js';
import { type DeltaResource, parseStreamQuery, type StreamQuery } from './query.js';

const logOf = (context: Context, resource: DeltaResource): ChangeLog =>
  resource === 'users' ? context.store.userLog : context.store.groupLog;

/** How far the replica that serves this call has come; never behind `fromSeq`. */
const replicaSeq = (context: Context, call: GrantedCall, resource: DeltaResource, fromSeq: number): number => {
  const { store, clock } = context;
  const seq = call.asOfMs >= clock.nowMs() ? store.seq : logOf(context, resource).seqAt(call.asOfMs);
  return Math.max(fromSeq, seq);
};

/** A page to be filled, or the end of a round that has none. */
export interface Start {
  readonly query: StreamQuery;
  readonly position: PagePosition | EndPosition;
}

const startInitial = (context: Context, call: GrantedCall, resource: DeltaResource, latest: boolean): Start => {
  allowOptions(call.query, ['$select', '$filter', '$deltatoken'], `delta query on ${resource}`);
  const query = parseStreamQuery(resource, call.query, context.settings);
  const number = context.streams.numberOf(query);
  const toSeq = replicaSeq(context, call, resource, 0);
  if (latest) {
    return {
      query,
      position: { kind: 'end', query: number, fromSeq: toSeq, previousFromSeq: toSeq, late: [] },
    };
  }
  const all = resource === 'users' ? context.store.userIds : context.store.groupIds;
  return {
    query,
    position: {
      kind: 'initial',
      query: number,
      at: 0,
      cursor: 0,
      empty: -1,
      round: context.settings.enumerationOrder === 'same' ? 1 : context.random.below(2 ** 31),
      toSeq,
      count: query.ids?.length ?? all.length,
    },
  };
};

const startChanges = (context: Context, call: GrantedCall, resource: DeltaResource, token: string): Start => {
  const { position: end, query } = openPosition(context, call, resource, token, 'end');
  const fromSeq = applyFault(call.hits, 'replayedRound') === null ? end.fromSeq : end.previousFromSeq;
  if (fromSeq < logOf(context, resource).completeFromSeq) {
    throw syncStateNotFound();
  }
  return {
    query,
    position: {
      kind: 'changes',
      query: end.query,
      at: 0,
      cursor: 0,
      empty: -1,
      fromSeq,
      toSeq: replicaSeq(context, call, resource, end.fromSeq),
      due: end.late.filter((late) => late.rounds === 0),
      withheld: end.late.filter((late) => late.rounds > 0),
      minimal: false,
    },
  };
};

/** Reads where a delta request starts from. A token goes alone: its options were frozen when the stream started. */
export const startPage = (context: Context, call: GrantedCall, resource: DeltaResource): Start => {
  const skip = call.query.system.get('$skiptoken');
  const delta = call.query.system.get('$deltatoken');
  const hasToken = skip !== undefined || (delta !== undefined && delta !== '' && delta !== 'latest');
  if (!hasToken) {
    return startInitial(context, call, resource, delta === 'latest');
  }
  if (call.query.system.size + call.query.others.size > 1) {
    throw badRequest('A token of a delta query cannot be combined with other query options.');
  }
  if (skip !== undefined) {
    return openPosition(context, call, resource, skip, 'page');
  }
  return startChanges(context, call, resource, delta ?? '');
};
