import type { ObjectRow } from '../engine/stored.js';
import { isReferenceFault } from '../engine/surveyEscrows.js';
import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';
import { nextLinkOf, readSkipToken, readTop } from './listPage.js';

/** Later than every entry. */
const endOfTime = '9999-12-31T23:59:59.999Z';
const pageSizes = { usual: 100, most: 500 } as const;

/**
 * `GET …/jobs/{job}/escrows`: the objects whose last attempt failed, soonest attempt first in each part of the store, with
 * all that the answer told. A page may hold fewer than asked for, since what merely waits is left out.
 */
export const listEscrows = async (
  world: Pick<World, 'jobId' | 'servicePrincipalId' | 'state'>,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { objects } = world.state;
  const [type, cursor] = splitToken(readSkipToken(request));
  const page = await objects.listDue(type, endOfTime, cursor, readTop(request, pageSizes));
  const rows = await objects.read(page.rows.map(({ id }) => id));
  const value = page.rows.flatMap(({ id }) => toEscrow(rows.get(id)?.row));
  const next = page.cursor !== null ? `${type}|${page.cursor}` : type === 'user' ? 'group|' : null;
  return { status: 200, headers: {}, body: { value, ...nextLinkOf(request, next) } };
};

const splitToken = (token: string | null): readonly [ObjectRow['type'], string | null] => {
  if (token === null) return ['user', null];
  const at = token.indexOf('|');
  return [token.slice(0, at) === 'group' ? 'group' : 'user', token.slice(at + 1) || null];
};

const needingPerson: ReadonlySet<string> = new Set(['AdminNotDeactivatable', 'NotPermitted']);

const toEscrow = (row: ObjectRow | undefined) => {
  const pending = row?.pending;
  const fault = pending?.fault;
  if (!row || !pending || !fault) return [];
  const isRemoval = row.staged !== null;
  return [
    {
      id: row.id,
      objectType: row.type === 'group' ? 'Group' : 'User',
      targetId: row.link?.targetId ?? null,
      kind: isRemoval ? 'removal' : isReferenceFault(fault) ? 'reference' : 'object',
      code: fault.code,
      message: fault.message,
      recommendedAction: fault.recommendedAction,
      request: fault.request ? `${fault.request.method} ${fault.request.path}` : null,
      requestId: fault.request?.requestId ?? null,
      httpStatus: fault.request?.status ?? null,
      attempts: pending.attempts,
      firstFailureDateTime: pending.firstFailureAt,
      nextAttemptDateTime: pending.due,
      waitsForChange: fault.retry === 'onChange',
      stillActive: isRemoval && row.link?.state === 'active',
      needsPerson: needingPerson.has(fault.code),
    },
  ];
};
