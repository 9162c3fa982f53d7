import type { SourceObject } from '../engine/model.js';
import type { ListPage, UserChange } from '../engine/ports.js';
import { FieldError, type Row, readRow, readRows, readText } from './fields.js';
import type { GraphClient } from './graphClient.js';
import { readListPage } from './lists.js';
import type { Selection } from './selection.js';

/** First URL of the users stream. Page size, order and expansion are Graph's own with delta; only `$select` may be sent. */
export const buildUsersDeltaPath = ({ properties, manager }: Selection): string =>
  `/users/delta?$select=${[...properties, ...(manager ? ['manager'] : [])].join(',')}`;

/** A point read, for a `$batch`. */
export const buildUserPath = (id: string, { properties, manager }: Selection): string =>
  `/users/${encodeURIComponent(id)}?$select=${properties.join(',')}${manager ? '&$expand=manager($select=id)' : ''}`;

/** A delta row of a living user. Throws `FieldError`. */
export const parseUserChange =
  (selection: Selection) =>
  (row: Row): Extract<UserChange, { kind: 'present' }> => ({
    kind: 'present',
    object: buildUser(row, selection, selection.manager ? readChangedManager(row) : undefined),
  });

/** A user as a point read gives it: there an absent manager means that there is none. Throws `FieldError`. */
export const parseUser = (row: Row, selection: Selection): SourceObject =>
  buildUser(row, selection, selection.manager ? readExpandedManager(row) : undefined);

const buildUser = (row: Row, selection: Selection, managerId: string | null | undefined): SourceObject => ({
  type: 'user',
  id: readText(row, 'id'),
  attributes: selection.readAttributes(row),
  ...(managerId === undefined ? {} : { managerId }),
});

/** Absent says nothing; the list holds the new manager, the removed one, or both in any order. */
const readChangedManager = (row: Row): string | null | undefined => {
  const field = 'manager@delta';
  if (row[field] === undefined || row[field] === null) {
    return undefined;
  }
  const entries = readRows(row[field], field);
  const ids = entries.map((entry) => ({ id: readText(entry, 'id'), removed: isRemoved(entry) }));
  const added = ids.findLast(({ removed }) => !removed);
  if (added !== undefined) {
    return added.id;
  }
  return ids.length === 0 ? undefined : null;
};

export const isRemoved = (entry: Row): boolean => entry['@removed'] !== undefined && entry['@removed'] !== null;

const readExpandedManager = (row: Row): string | null => {
  const { manager } = row;
  if (manager === undefined || manager === null) {
    return null;
  }
  const id = readRow(manager, 'manager').id;
  if (typeof id !== 'string' || id === '') {
    throw new FieldError('manager/id', 'a text');
  }
  return id;
};

/** Ids of the living users who go by this userPrincipalName or mail; Graph compares both without case. */
export const findUsers = async (client: GraphClient, name: string, signal: AbortSignal): Promise<readonly string[]> => {
  const literal = `'${name.replaceAll("'", "''")}'`;
  const filter = encodeURIComponent(`userPrincipalName eq ${literal} or mail eq ${literal}`);
  const path = `/users?$filter=${filter}&$select=id&$top=999`;
  const ids = new Set<string>();
  let link: string | null = null;
  do {
    const page: ListPage<string> = await readListPage(client, path, link, (row) => [readText(row, 'id')], signal);
    for (const id of page.rows) ids.add(id);
    link = page.next;
  } while (link !== null);
  return [...ids];
};
