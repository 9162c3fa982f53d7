import type { MemberRow } from '../engine/model.js';
import type { GroupChange, ListPage } from '../engine/ports.js';
import { type Row, readRows, readText } from './fields.js';
import { isOk } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { parseListPage, readListPage } from './lists.js';
import type { Selection } from './selection.js';
import { isRemoved } from './users.js';

/** Graph's limit of objects in the filter of one delta stream. */
export const maxGroupsPerStream = 50;

/** First URL of a groups stream over just these groups. Throws `RangeError` for none or more than 50. */
export const buildGroupsDeltaPath = (groupIds: readonly string[], { properties }: Selection): string => {
  if (groupIds.length === 0 || groupIds.length > maxGroupsPerStream) {
    throw new RangeError(`A groups stream tracks 1 to ${maxGroupsPerStream} groups, not ${groupIds.length}.`);
  }
  const filter = groupIds.map((id) => `id eq '${id.replaceAll("'", "''")}'`).join(' or ');
  return `/groups/delta?$select=${[...properties, 'members'].join(',')}&$filter=${encodeURIComponent(filter)}`;
};

/**
 * A delta row of a living group with the slice of its membership that this row carries; a large group comes in several
 * rows. Throws `FieldError`.
 */
export const parseGroupChange =
  (selection: Selection) =>
  (row: Row): Extract<GroupChange, { kind: 'present' }> => ({
    kind: 'present',
    object: { type: 'group', id: readText(row, 'id'), attributes: selection.readAttributes(row) },
    members: readRows(row['members@delta'] ?? [], 'members@delta').map(parseMember),
  });

const parseMember = (entry: Row): MemberRow => ({
  id: readText(entry, 'id'),
  type: readMemberType(readText(entry, '@odata.type')),
  removed: isRemoved(entry),
});

const readMemberType = (odataType: string): MemberRow['type'] => {
  switch (odataType.toLowerCase()) {
    case '#microsoft.graph.user':
      return 'user';
    case '#microsoft.graph.group':
      return 'group';
    default:
      return 'other';
  }
};

/** A page is what a call on demand works through at a time. */
const membersPerPage = 100;

/** One page of a group's direct members, whatever they are; null where there is no such group. */
export const listMembers = async (
  client: GraphClient,
  groupId: string,
  link: string | null,
  signal: AbortSignal,
): Promise<ListPage<MemberRow> | null> => {
  const parse = (row: Row): readonly MemberRow[] => [parseMember(row)];
  if (link !== null) {
    return readListPage(client, '', link, parse, signal);
  }
  const answer = await client.get(
    `/groups/${encodeURIComponent(groupId)}/members?$select=id&$top=${membersPerPage}`,
    signal,
  );
  if (answer.status === 404) {
    return null;
  }
  if (!isOk(answer)) {
    throw client.failure(answer);
  }
  return parseListPage(client, answer, null, parse);
};
