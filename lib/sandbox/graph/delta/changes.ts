import type { Change, MemberRef, MemberType } from '../directory/records.js';
import type { Store } from '../directory/store.js';
import type { ChangesPosition } from './position.js';
import type { StreamQuery } from './query.js';

/** An edge of a group as a round tells it. */
export interface EdgeChange extends MemberRef {
  readonly removed: boolean;
}

/** What one object's row in an incremental round has to tell. */
export interface RoundItem {
  readonly id: string;
  /** Created, deleted, restored or purged: everything about it is news. */
  readonly whole: boolean;
  readonly restored: boolean;
  /** Properties that changed. */
  readonly names: ReadonlySet<string>;
  readonly managerChanged: boolean;
  /** Everybody who was manager before a change of it in this round. */
  readonly formerManagers: ReadonlySet<string>;
  readonly edges: readonly EdgeChange[];
}

interface Gathered {
  whole: boolean;
  restored: boolean;
  managerChanged: boolean;
  readonly names: Set<string>;
  readonly formerManagers: Set<string>;
  readonly edges: Map<string, { readonly type: MemberType; readonly removed: boolean }>;
}

const gather = (into: Gathered, change: Change): void => {
  switch (change.kind) {
    case 'created':
    case 'deleted':
    case 'purged':
      into.whole = true;
      return;
    case 'restored':
      into.whole = true;
      into.restored = true;
      return;
    case 'updated':
      for (const name of change.names) {
        into.names.add(name);
      }
      return;
    case 'managerSet':
      if (!change.silent) {
        into.managerChanged = true;
      }
      if (change.before !== null) {
        into.formerManagers.add(change.before);
      }
      return;
    case 'memberAdded':
    case 'memberRemoved':
      if (!change.silent) {
        into.edges.delete(change.member.id);
        into.edges.set(change.member.id, { type: change.member.type, removed: change.kind === 'memberRemoved' });
      }
  }
};

const surfaces = (gathered: Gathered, query: StreamQuery): boolean =>
  gathered.whole ||
  query.names.some((name) => gathered.names.has(name)) ||
  (query.relation && (gathered.managerChanged || gathered.edges.size > 0));

/** Changes of the stream's objects in this round, those included that were held back before. */
function* changesOf(store: Store, query: StreamQuery, position: ChangesPosition): Iterable<Change> {
  const log = query.resource === 'users' ? store.userLog : store.groupLog;
  const tracked = query.ids === null ? null : new Set(query.ids);
  const withheld = new Set(position.withheld.map((late) => late.id));
  for (const late of position.due) {
    for (const change of log.between(late.fromSeq, position.fromSeq)) {
      if (change.id === late.id) {
        yield change;
      }
    }
  }
  for (const change of log.between(position.fromSeq, position.toSeq)) {
    if (!withheld.has(change.id) && (tracked?.has(change.id) ?? true)) {
      yield change;
    }
  }
}

const buildItems = (store: Store, query: StreamQuery, position: ChangesPosition, key: string): readonly RoundItem[] => {
  const byId = new Map<string, Gathered>();
  for (const change of changesOf(store, query, position)) {
    let gathered = byId.get(change.id);
    if (gathered === undefined) {
      gathered = {
        whole: false,
        restored: false,
        managerChanged: false,
        names: new Set(),
        formerManagers: new Set(),
        edges: new Map(),
      };
      byId.set(change.id, gathered);
    }
    gather(gathered, change);
  }
  const items: RoundItem[] = [];
  for (const [id, gathered] of byId) {
    if (!surfaces(gathered, query)) {
      continue;
    }
    const edges = query.relation ? [...gathered.edges].map(([memberId, edge]) => ({ id: memberId, ...edge })) : [];
    const item = { id, ...gathered, edges };
    items.push(item);
    if (store.random.chanceFor(`${key} ${id}`, store.settings.repeatProbability)) {
      items.push(item);
    }
  }
  return store.random.shuffleFor(key, items);
};

/** The rounds that pages were last asked of, so that a round is built once and not at every page. */
export interface RoundCache {
  itemsOf(store: Store, query: StreamQuery, position: ChangesPosition): readonly RoundItem[];
  clear(): void;
}

const keptRounds = 16;

export const createRoundCache = (): RoundCache => {
  const rounds = new Map<string, readonly RoundItem[]>();
  return {
    itemsOf: (store, query, position) => {
      const { fromSeq, toSeq, due, withheld } = position;
      const key = JSON.stringify([position.query, fromSeq, toSeq, due, withheld]);
      const held = rounds.get(key);
      if (held !== undefined) {
        return held;
      }
      const items = buildItems(store, query, position, key);
      rounds.set(key, items);
      const [oldest] = rounds.keys();
      if (rounds.size > keptRounds && oldest !== undefined) {
        rounds.delete(oldest);
      }
      return items;
    },
    clear: () => rounds.clear(),
  };
};
