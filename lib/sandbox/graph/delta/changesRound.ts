import type { JsonObject, JsonValue } from '../../../mapping/json.js';
import type { GroupRecord, UserRecord } from '../directory/records.js';
import type { Store } from '../directory/store.js';
import { deltaRow, edgeEntry, removedRow } from '../rows.js';
import type { EdgeChange, RoundCache, RoundItem } from './changes.js';
import type { ChangesPosition } from './position.js';
import type { StreamQuery } from './query.js';
import type { RoundSource, Step } from './source.js';

/** With `return=minimal` only what changed is shown, unless the whole object is news. */
const namesFor = (query: StreamQuery, item: RoundItem, minimal: boolean): readonly string[] =>
  minimal && !item.whole ? query.names.filter((name) => item.names.has(name)) : query.names;

/**
 * The manager as it is now, and who went. A manager that came and went within the round is told too, since an earlier
 * page may have shown it.
 */
const managerEntries = (store: Store, user: UserRecord, item: RoundItem): JsonObject[] => {
  const isTold = item.managerChanged || (item.restored && store.settings.managerOfRestoredUsers);
  const entries = isTold && user.managerId !== null ? [edgeEntry(user.managerId, 'user', false)] : [];
  const tellsFormer = user.managerId === null || store.settings.managerDelta === 'addedAndRemoved';
  if (item.managerChanged && tellsFormer) {
    const gone = [...item.formerManagers].filter((id) => id !== user.managerId);
    entries.push(...gone.map((id) => edgeEntry(id, 'user', true)));
  }
  return entries;
};

const tellUser = (store: Store, query: StreamQuery, item: RoundItem, minimal: boolean): JsonObject => {
  const user = store.users.get(item.id);
  if (user === undefined || user.deletedAtMs !== null) {
    return removedRow(item.id, user === undefined ? 'deleted' : 'changed');
  }
  const row: Record<string, JsonValue> = deltaRow(user.id, user.properties, namesFor(query, item, minimal));
  const entries = query.relation ? managerEntries(store, user, item) : [];
  if (entries.length > 0) {
    row['manager@delta'] = entries;
  }
  return row;
};

const edgesOf = (store: Store, item: RoundItem, group: GroupRecord, toSeq: number): readonly EdgeChange[] => {
  if (!item.restored || !store.settings.membersOfRestoredGroups) {
    return item.edges;
  }
  const present = [...group.members].filter(([, edge]) => edge.seq <= toSeq);
  const presentIds = new Set(present.map(([id]) => id));
  return [
    ...present.map(([id, edge]) => ({ id, type: edge.type, removed: false })),
    ...item.edges.filter((edge) => !presentIds.has(edge.id)),
  ];
};

const tellGroup = (
  store: Store,
  query: StreamQuery,
  position: ChangesPosition,
  item: RoundItem,
  cursor: number,
  edgesLeft: number,
): Step => {
  const group = store.groups.get(item.id);
  if (group === undefined || group.deletedAtMs !== null) {
    return { row: removedRow(item.id, group === undefined ? 'deleted' : 'changed'), edges: 0, nextCursor: null };
  }
  const row = deltaRow(group.id, group.properties, namesFor(query, item, position.minimal));
  const edges = query.relation ? edgesOf(store, item, group, position.toSeq) : [];
  const end = Math.min(edges.length, cursor + Math.min(store.settings.membersPerRow, edgesLeft));
  const slice = edges.slice(cursor, end);
  if (slice.length > 0) {
    row['members@delta'] = slice.map((edge) => edgeEntry(edge.id, edge.type, edge.removed));
  }
  return { row, edges: slice.length, nextCursor: end < edges.length ? end : null };
};

/** The objects whose selected properties or relations changed, each as it is now. */
export const changesRound = (
  store: Store,
  rounds: RoundCache,
  query: StreamQuery,
  position: ChangesPosition,
): RoundSource => {
  const items = rounds.itemsOf(store, query, position);
  return {
    count: items.length,
    step: (at, cursor, edgesLeft) => {
      const item = items[at];
      if (item === undefined) {
        return { row: null, edges: 0, nextCursor: null };
      }
      if (query.resource === 'groups') {
        return tellGroup(store, query, position, item, cursor, edgesLeft);
      }
      return { row: tellUser(store, query, item, position.minimal), edges: 0, nextCursor: null };
    },
  };
};
