import type { JsonObject } from '../../../mapping/json.js';
import { jsonAnswer } from '../answer.js';
import type { Handler } from '../context.js';
import {
  defaultUserProperties,
  groupProperties,
  type Properties,
  type PropertyTable,
  userProperties,
} from '../directory/properties.js';
import type { GroupRecord, UserRecord } from '../directory/records.js';
import { resourceNotFound } from '../errors.js';
import { authoriseDeleted } from '../permissions.js';
import { allowOptions } from '../query.js';
import { readRow } from '../rows.js';
import { parseSelect } from '../select.js';
import { answerList, type ListEntry } from './list.js';

type Deleted = UserRecord | GroupRecord;
type DeletedType = 'user' | 'group';

/** The directory frees a deleted user's name by putting the object id without dashes before it. */
const binnedProperties = (record: Deleted): Properties => {
  const name = record.properties.userPrincipalName;
  return {
    ...record.properties,
    deletedDateTime: record.deletedAtMs === null ? null : new Date(record.deletedAtMs).toISOString(),
    ...(typeof name === 'string' ? { userPrincipalName: `${record.id.replaceAll('-', '')}${name}` } : {}),
  };
};

const shapes: Readonly<Record<DeletedType, { table: PropertyTable; defaults: readonly string[] }>> = {
  user: { table: userProperties, defaults: ['deletedDateTime', ...defaultUserProperties] },
  group: { table: groupProperties, defaults: ['deletedDateTime', ...Object.keys(groupProperties)] },
};

const rendererFor = (type: DeletedType, select: string | undefined): ((record: Deleted) => JsonObject) => {
  const { table, defaults } = shapes[type];
  const names = select === undefined ? defaults : parseSelect(select, type, table, null).names;
  return (record) => readRow(record.id, binnedProperties(record), names, table);
};

function* entriesOf(bin: Iterable<Deleted>, render: (record: Deleted) => JsonObject): Iterable<ListEntry> {
  for (const record of bin) {
    yield { key: record.deletedSeq, render: () => render(record) };
  }
}

const answerBin =
  (type: DeletedType): Handler =>
  (context, call) => {
    allowOptions(call.query, ['$select', '$top', '$count', '$skiptoken'], 'deletedItems');
    const render = rendererFor(type, call.query.system.get('$select'));
    const { deletedUsers, deletedGroups } = context.store;
    const bin = type === 'user' ? deletedUsers : deletedGroups;
    return answerList(context, call, {
      metadata: `${type}s`,
      entries: () => entriesOf(bin.values(), render),
    });
  };

/** `GET /directory/deletedItems/microsoft.graph.user`, the earliest deletion first. */
export const answerDeletedUsers = answerBin('user');
export const answerDeletedGroups = answerBin('group');

/** `GET /directory/deletedItems/{id}`; 404 for what is live or purged. */
export const answerDeletedItem: Handler = (context, call) => {
  allowOptions(call.query, ['$select'], 'a deleted item');
  const id = call.route.id.toLowerCase();
  const user = context.store.deletedUsers.get(id);
  const record = user ?? context.store.deletedGroups.get(id);
  if (record === undefined) {
    throw resourceNotFound(call.route.id);
  }
  const type = user === undefined ? 'group' : 'user';
  authoriseDeleted(type, call.roles);
  const row = rendererFor(type, call.query.system.get('$select'))(record);
  return jsonAnswer(200, {
    '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects/$entity`,
    '@odata.type': `#microsoft.graph.${type}`,
    ...row,
  });
};
