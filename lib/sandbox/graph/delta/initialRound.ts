import type { JsonObject } from '../../../mapping/json.js';
import type { GroupRecord, MemberType, UserRecord } from '../directory/records.js';
import { isLive, type Store } from '../directory/store.js';
import { deltaRow, edgeEntry, removedRow } from '../rows.js';
import type { InitialPosition } from './position.js';
import type { StreamQuery } from './query.js';
import type { RoundSource, Step } from './source.js';

const greatestCommonDivisor = (left: number, right: number): number =>
  right === 0 ? left : greatestCommonDivisor(right, left % right);

/** An order of 0…count−1 that differs from round to round and costs no memory. */
const arbitraryOrder = (store: Store, round: number, count: number): ((at: number) => number) => {
  if (count < 2) {
    return (at) => at;
  }
  const start = store.random.belowFor(`start ${round}`, count);
  let stride = 1 + store.random.belowFor(`stride ${round}`, count - 1);
  while (greatestCommonDivisor(stride, count) !== 1) {
    stride = (stride % count) + 1;
  }
  return (at) => (start + at * stride) % count;
};

const gone: Step = { row: null, edges: 0, nextCursor: null };
const only = (row: JsonObject): Step => ({ row, edges: 0, nextCursor: null });

/** A deleted object may stand in an initial round although it was deleted before it. */
const tombstone = (store: Store, position: InitialPosition, id: string): Step => {
  if (!store.random.chanceFor(`tombstone ${position.round} ${id}`, store.settings.tombstoneProbability)) {
    return gone;
  }
  return only(removedRow(id, store.purgedIds.has(id) ? 'deleted' : 'changed'));
};

const tellUser = (query: StreamQuery, user: UserRecord): Step => {
  const row = deltaRow(user.id, user.properties, query.names);
  if (query.relation && user.managerId !== null) {
    row['manager@delta'] = [edgeEntry(user.managerId, 'user', false)];
  }
  return only(row);
};

const formerMembers = (store: Store, position: InitialPosition, group: GroupRecord): JsonObject[] =>
  [...group.formerMembers]
    .filter(([id]) =>
      store.random.chanceFor(`former ${position.round} ${group.id} ${id}`, store.settings.removedMemberProbability),
    )
    .map(([id, type]) => edgeEntry(id, type, true));

const tellGroup = (
  store: Store,
  query: StreamQuery,
  position: InitialPosition,
  group: GroupRecord,
  cursor: number,
  edgesLeft: number,
): Step => {
  const row = deltaRow(group.id, group.properties, query.names);
  if (!query.relation) {
    return only(row);
  }
  const limit = Math.min(store.settings.membersPerRow, edgesLeft);
  const entries: JsonObject[] = [];
  let told = 0;
  let last = cursor;
  let nextCursor: number | null = null;
  for (const [id, edge] of group.members) {
    if (edge.seq <= cursor || edge.seq > position.toSeq) {
      continue;
    }
    if (!listsDeleted(store, edge.type) && !isLive(store, id)) {
      continue;
    }
    if (told === limit) {
      nextCursor = last;
      break;
    }
    entries.push(edgeEntry(id, edge.type, false));
    told += 1;
    last = edge.seq;
  }
  if (cursor === 0) {
    entries.push(...formerMembers(store, position, group));
  }
  if (entries.length > 0) {
    row['members@delta'] = entries;
  }
  return { row, edges: told, nextCursor };
};

/** Everything that is there, in arbitrary order; what changes meanwhile is told again by a later round. */
export const initialRound = (store: Store, query: StreamQuery, position: InitialPosition): RoundSource => {
  const ids = query.ids ?? (query.resource === 'users' ? store.userIds : store.groupIds);
  const placeOf = arbitraryOrder(store, position.round, position.count);
  return {
    count: position.count,
    step: (at, cursor, edgesLeft) => {
      const id = ids[placeOf(at)] ?? '';
      const user = query.resource === 'users' ? store.users.get(id) : undefined;
      if (user?.deletedAtMs === null) {
        return tellUser(query, user);
      }
      const group = query.resource === 'groups' ? store.groups.get(id) : undefined;
      if (group?.deletedAtMs === null) {
        return tellGroup(store, query, position, group, cursor, edgesLeft);
      }
      const wasOne = user !== undefined || group !== undefined || store.purgedIds.has(id);
      return wasOne ? tombstone(store, position, id) : gone;
    },
  };
};

const listsDeleted = ({ settings }: Store, type: MemberType): boolean =>
  type === 'group' ? settings.softDeletedGroupEdgesInInitial : settings.softDeletedEdgesInInitial;
