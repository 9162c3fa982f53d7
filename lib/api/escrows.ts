import type { Membership } from '../engine/groups/memberStore.js';
import type { Fault } from '../engine/model.js';
import type { ObjectRow } from '../engine/stored.js';
import { isReferenceFault } from '../engine/surveyEscrows.js';
import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';
import { nextLinkOf, readSkipToken, readTop } from './listPage.js';

/** Later than every entry. */
const endOfTime = '9999-12-31T23:59:59.999Z';
const pageSizes = { usual: 100, most: 500 } as const;

/** What is listed one after the other. */
const parts = ['user', 'group', 'member'] as const;
type Part = (typeof parts)[number];

interface EscrowPage {
  readonly value: readonly object[];
  readonly cursor: string | null;
}

/**
 * `GET …/jobs/{job}/escrows`: the objects, and the members of groups, whose last attempt failed, soonest attempt first in
 * each part of the store, with all that the answer told. A page may hold fewer than asked for, since what merely waits is
 * left out.
 */
export const listEscrows = async (
  world: Pick<World, 'jobId' | 'servicePrincipalId' | 'state'>,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const [part, cursor] = splitToken(readSkipToken(request));
  const top = readTop(request, pageSizes);
  const page = part === 'member' ? await listMembers(world, cursor, top) : await listObjects(world, part, cursor, top);
  const following = parts[parts.indexOf(part) + 1];
  const next = page.cursor !== null ? `${part}|${page.cursor}` : following === undefined ? null : `${following}|`;
  return { status: 200, headers: {}, body: { value: page.value, ...nextLinkOf(request, next) } };
};

const splitToken = (token: string | null): readonly [Part, string | null] => {
  const at = token?.indexOf('|') ?? -1;
  const part = parts.find((one) => one === token?.slice(0, at)) ?? 'user';
  return [part, token?.slice(at + 1) || null];
};

const listObjects = async (
  { state: { objects } }: Pick<World, 'state'>,
  type: ObjectRow['type'],
  cursor: string | null,
  top: number,
): Promise<EscrowPage> => {
  const page = await objects.listDue(type, endOfTime, cursor, top);
  const rows = await objects.read(page.rows.map(({ id }) => id));
  return { value: page.rows.flatMap(({ id }) => toEscrow(rows.get(id)?.row)), cursor: page.cursor };
};

/** Members that Zoom did not take into a group, or did not let go. */
const listMembers = async (
  { state: { members } }: Pick<World, 'state'>,
  cursor: string | null,
  top: number,
): Promise<EscrowPage> => {
  const page = await members.listDelayed(cursor, top);
  const value: object[] = [];
  for (const { group, user, due } of page.pairs) {
    if (user === null) continue;
    const membership = (await members.read(group, [user])).get(user);
    if (membership?.escrow) value.push(toMemberEscrow(membership, membership.escrow, due));
  }
  return { value, cursor: page.cursor };
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
      memberId: null,
      targetId: row.link?.targetId ?? null,
      kind: isRemoval ? 'removal' : isReferenceFault(fault) ? 'reference' : 'object',
      ...describeFault(fault),
      attempts: pending.attempts,
      firstFailureDateTime: pending.firstFailureAt,
      nextAttemptDateTime: pending.due,
      waitsForChange: fault.retry === 'onChange',
      stillActive: isRemoval && row.link?.state === 'active',
      needsPerson: needingPerson.has(fault.code),
    },
  ];
};

const toMemberEscrow = (
  { group, user, exported }: Membership,
  { fault, attempts, since }: NonNullable<Membership['escrow']>,
  due: string,
) => ({
  id: group,
  objectType: 'Group',
  memberId: user,
  targetId: exported?.group ?? null,
  kind: 'reference',
  ...describeFault(fault),
  attempts,
  firstFailureDateTime: since,
  nextAttemptDateTime: due,
  waitsForChange: false,
  stillActive: false,
  needsPerson: needingPerson.has(fault.code),
});

const describeFault = ({ code, message, recommendedAction, request }: Fault) => ({
  code,
  message,
  recommendedAction,
  request: request ? `${request.method} ${request.path}` : null,
  requestId: request?.requestId ?? null,
  httpStatus: request?.status ?? null,
});
