import { defaultUserProperties, groupProperties, type PropertyTable, userProperties } from '../directory/properties.js';
import { parseDeltaFilter } from '../filter.js';
import type { QueryOptions } from '../query.js';
import { parseSelect, type Selection } from '../select.js';
import type { GraphSettings } from '../settings.js';

export type DeltaResource = 'users' | 'groups';

/** What a stream tracks, frozen when it starts. `relation` is manager for users, members for groups. */
export interface StreamQuery extends Selection {
  readonly resource: DeltaResource;
  /** The objects it is narrowed to; null: all. */
  readonly ids: readonly string[] | null;
}

const tables: Readonly<Record<DeltaResource, PropertyTable>> = { users: userProperties, groups: groupProperties };

const selectNothing = (resource: DeltaResource, settings: GraphSettings): Selection => {
  const all = Object.keys(tables[resource]);
  const names = resource === 'users' && settings.deltaWithoutSelect === 'default' ? defaultUserProperties : all;
  return { names, relation: false };
};

/** Throws the 400 or 501 that a bad `$select` or `$filter` gets. */
export const parseStreamQuery = (
  resource: DeltaResource,
  query: QueryOptions,
  settings: GraphSettings,
): StreamQuery => {
  const select = query.system.get('$select');
  const filter = query.system.get('$filter');
  const selection =
    select === undefined
      ? selectNothing(resource, settings)
      : resource === 'users'
        ? parseSelect(select, 'user', userProperties, 'manager')
        : parseSelect(select, 'group', groupProperties, 'members');
  return { resource, ...selection, ids: filter === undefined ? null : parseDeltaFilter(filter) };
};

/** Stream queries by number, so that a token stays short whatever was selected. */
export interface QueryBook {
  numberOf(query: StreamQuery): number;
  find(number: number): StreamQuery | null;
}

export const createQueryBook = (): QueryBook => {
  const queries: StreamQuery[] = [];
  const numbers = new Map<string, number>();
  return {
    numberOf: (query) => {
      const key = JSON.stringify([query.resource, query.names, query.relation, query.ids]);
      const held = numbers.get(key);
      if (held !== undefined) {
        return held;
      }
      numbers.set(key, queries.length);
      return queries.push(query) - 1;
    },
    find: (number) => queries[number] ?? null,
  };
};
