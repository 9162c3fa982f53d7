import type { JsonObject } from '../../../mapping/json.js';
import { jsonAnswer } from '../answer.js';
import { type Context, type GrantedCall, type Handler, linkTo } from '../context.js';
import { assignmentsAt } from '../directory/past.js';
import { appRoleAssignmentProperties, type Properties, servicePrincipalProperties } from '../directory/properties.js';
import type { AssignmentRecord, ServicePrincipalRecord } from '../directory/records.js';
import { principalTypeOf } from '../directory/truth.js';
import { resourceNotFound } from '../errors.js';
import { applyFault } from '../faults/book.js';
import { type AssignmentFilter, parseAssignmentFilter } from '../filter.js';
import { allowOptions } from '../query.js';
import { readRow } from '../rows.js';
import { parseSelect } from '../select.js';
import { answerList, type ListEntry } from './list.js';

const appIdKey = 'appId=';

const visibleServicePrincipal = (context: Context, call: GrantedCall): ServicePrincipalRecord => {
  const key = call.route.id;
  const all = context.store.servicePrincipals;
  const found = key.startsWith(appIdKey)
    ? [...all.values()].find((one) => one.properties.appId === key.slice(appIdKey.length).toLowerCase())
    : all.get(key.toLowerCase());
  if (found === undefined || found.deletedAtMs !== null) {
    throw resourceNotFound(key);
  }
  return found;
};

/** `GET /servicePrincipals/{id}`; 404 once it was deleted, while a disabled one shows `accountEnabled: false`. */
export const answerServicePrincipal: Handler = (context, call) => {
  allowOptions(call.query, ['$select'], 'a service principal');
  const select = call.query.system.get('$select');
  const names =
    select === undefined
      ? Object.keys(servicePrincipalProperties)
      : parseSelect(select, 'servicePrincipal', servicePrincipalProperties, null).names;
  const found = visibleServicePrincipal(context, call);
  return jsonAnswer(200, {
    '@odata.context': linkTo(call, '$metadata#servicePrincipals/$entity'),
    ...readRow(found.id, found.properties, names, servicePrincipalProperties),
  });
};

const displayNameOf = (properties: Properties | undefined): string | null => {
  const name = properties?.displayName;
  return typeof name === 'string' ? name : null;
};

const isShown = (context: Context, row: AssignmentRecord): boolean => {
  const { users, groups, servicePrincipals } = context.store;
  const user = users.get(row.principalId);
  if (user !== undefined) {
    return user.deletedAtMs === null || context.settings.softDeletedAssignments === 'shown';
  }
  const other = groups.get(row.principalId) ?? servicePrincipals.get(row.principalId);
  return other?.deletedAtMs === null;
};

/** The row with all it holds; `deletedDateTime` stands in every directory object. */
const wholeRow = (context: Context, resource: ServicePrincipalRecord, row: AssignmentRecord): Properties => {
  const { users, groups, servicePrincipals } = context.store;
  const principal = users.get(row.principalId) ?? groups.get(row.principalId) ?? servicePrincipals.get(row.principalId);
  const { principalDisplayName } = row.shownAs;
  return {
    deletedDateTime: null,
    appRoleId: row.appRoleId,
    createdDateTime: new Date(row.createdAtMs).toISOString(),
    principalDisplayName:
      principalDisplayName === undefined ? displayNameOf(principal?.properties) : principalDisplayName,
    principalId: row.principalId,
    principalType: row.shownAs.principalType ?? principalTypeOf(context.store, row.principalId),
    resourceDisplayName: displayNameOf(resource.properties),
    resourceId: resource.id,
  };
};

const passes = (row: Properties, filter: AssignmentFilter | null): boolean => {
  const value = filter === null ? null : row[filter.by];
  if (filter === null || typeof value !== 'string') {
    return filter === null;
  }
  const [held, wanted] = [value.toLowerCase(), filter.value.toLowerCase()];
  return filter.by === 'principalDisplayName' && filter.match === 'startsWith'
    ? held.startsWith(wanted)
    : held === wanted;
};

const missingPrincipal = (call: GrantedCall, resource: ServicePrincipalRecord): string | null => {
  const fault = applyFault(call.hits, 'rowMissing');
  const [first] = resource.assignments.values();
  return fault === null ? null : (fault.principalId ?? first?.principalId ?? null);
};

const allNames = ['deletedDateTime', ...Object.keys(appRoleAssignmentProperties)];

/** `GET /servicePrincipals/{id}/appRoleAssignedTo`: who is assigned, in no snapshot. */
export const answerAppRoleAssignedTo: Handler = (context, call) => {
  allowOptions(call.query, ['$select', '$filter', '$top', '$count', '$skiptoken'], 'appRoleAssignedTo');
  const select = call.query.system.get('$select');
  const names =
    select === undefined ? allNames : parseSelect(select, 'appRoleAssignment', appRoleAssignmentProperties, null).names;
  const filterText = call.query.system.get('$filter');
  const filter = filterText === undefined ? null : parseAssignmentFilter(filterText);
  const resource = visibleServicePrincipal(context, call);
  const metadata = `servicePrincipals('${resource.id}')/appRoleAssignedTo`;
  if (applyFault(call.hits, 'emptyList') !== null) {
    return answerList(context, call, { metadata, entries: () => [] });
  }
  const missing = missingPrincipal(call, resource);
  const render = (row: AssignmentRecord): JsonObject =>
    readRow(row.id, wholeRow(context, resource, row), names, appRoleAssignmentProperties);
  function* entries(): Iterable<ListEntry> {
    for (const row of assignmentsAt(resource, call.asOfMs)) {
      const isListed = isShown(context, row) && row.principalId !== missing;
      if (isListed && (filter === null || passes(wholeRow(context, resource, row), filter))) {
        yield { key: row.seq, render: () => render(row) };
      }
    }
  }
  return answerList(context, call, { metadata, entries });
};
