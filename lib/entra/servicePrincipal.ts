import type { AssignmentRow } from '../engine/model.js';
import type { Directory, ListPage } from '../engine/ports.js';
import { type Row, readOptionalText, readRow, readRows, readText } from './fields.js';
import { type GraphAnswer, isOk } from './graphAnswer.js';
import type { GraphClient } from './graphClient.js';
import { readListPage } from './lists.js';
import { readOrFail } from './pages.js';
import { sourceFailure } from './sourceFailure.js';

type AppRoles = Awaited<ReturnType<Directory['readAppRoles']>>;

/** The role of an assignment that names none: Entra's default access. */
const defaultAccess = { id: '00000000-0000-0000-0000-000000000000', displayName: 'Default Access', value: null };

/** The enterprise application's roles by id, default access included. Throws `ServicePrincipalNotFound` on a 404. */
export const readAppRoles = async (client: GraphClient, objectId: string, signal: AbortSignal): Promise<AppRoles> => {
  const answer = await client.get(`${buildPath(objectId)}?$select=id,appRoles`, signal);
  if (!isOk(answer)) {
    throw describeFailure(client)(answer);
  }
  const roles = readOrFail(answer.trace, () =>
    readRows(readRow(answer.body, 'body').appRoles ?? [], 'appRoles').map((row) => ({
      id: readText(row, 'id'),
      displayName: readOptionalText(row, 'displayName') ?? '',
      value: readOptionalText(row, 'value'),
    })),
  );
  return new Map([defaultAccess, ...roles].map((role) => [role.id, role]));
};

/**
 * One page of the list of who is assigned. Always 999 a page: the default page has been seen to leave rows out. Rows of
 * service principals, and of types that nobody knows yet, are passed by.
 */
export const listAssignments = (
  client: GraphClient,
  objectId: string,
  link: string | null,
  signal: AbortSignal,
): Promise<ListPage<AssignmentRow>> =>
  readListPage(
    client,
    `${buildPath(objectId)}/appRoleAssignedTo?$top=999&$select=id,appRoleId,principalId,principalType`,
    link,
    parseAssignment,
    signal,
    describeFailure(client),
  );

const buildPath = (objectId: string): string => `/servicePrincipals/${encodeURIComponent(objectId)}`;

const describeFailure = (client: GraphClient) => (answer: GraphAnswer) =>
  answer.status === 404 ? sourceFailure('ServicePrincipalNotFound', { request: answer.trace }) : client.failure(answer);

const parseAssignment = (row: Row): readonly AssignmentRow[] => {
  const principalType = readPrincipalType(readText(row, 'principalType'));
  return principalType === null
    ? []
    : [{ principalId: readText(row, 'principalId'), principalType, roleId: readText(row, 'appRoleId') }];
};

const readPrincipalType = (text: string): AssignmentRow['principalType'] | null => {
  switch (text.toLowerCase()) {
    case 'user':
      return 'user';
    case 'group':
      return 'group';
    default:
      return null;
  }
};
