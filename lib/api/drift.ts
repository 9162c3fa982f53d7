import { type DriftKind, type DriftRow, driftKinds } from '../engine/drift.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob } from './jobPath.js';
import { nextLinkOf, readSkipToken, readTop } from './listPage.js';
import type { Filter, Members } from './logs/filter.js';
import { matchesFilter } from './logs/matchesFilter.js';
import { parseFilter } from './logs/parseFilter.js';

const pageSizes = { usual: 100, most: 1_000 } as const;
const objectTypes = { user: 'User', group: 'Group' } as const;

/** What the report can be filtered by. */
const driftMembers: Members<DriftRow> = {
  kind: { type: 'enumeration', values: driftKinds, read: ({ kind }) => kind },
  objectType: { type: 'enumeration', values: ['User', 'Group'], read: ({ type }) => objectTypes[type] },
  id: { type: 'text', read: ({ id }) => id },
  targetId: { type: 'text', read: ({ targetId }) => targetId },
};

/**
 * `GET …/jobs/{job}/drift`: what the last comparison found in Zoom otherwise than it was left, and the accounts that
 * nobody manages; by kind, a page at a time. A page may hold fewer than asked for where a filter leaves some out.
 */
export const listDrift = async (
  world: Pick<World, 'jobId' | 'servicePrincipalId' | 'state'>,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { drift } = world.state;
  const text = request.query.get('$filter');
  const filter = text === null ? null : parseFilter(text, driftMembers);
  const top = readTop(request, pageSizes);
  const token = readSkipToken(request);
  const report = await drift.readReport();
  if (!report) return answer({ mode: null, at: null }, [], {});
  const page = await drift.list(report.cycleId, kindAskedFor(filter), readCursor(token, report.cycleId), top);
  const rows = page.rows.filter((row) => matchesFilter(filter, row, driftMembers));
  const next = page.cursor === null ? null : `${report.cycleId}|${page.cursor}`;
  return answer(report, rows, nextLinkOf(request, next));
};

const answer = (
  { mode, at }: { readonly mode: string | null; readonly at: string | null },
  rows: readonly DriftRow[],
  link: object,
): ApiAnswer => ({
  status: 200,
  headers: {},
  body: {
    mode,
    reconciledDateTime: at,
    value: rows.map(({ id, type, targetId, kind, differences }) => ({
      id,
      objectType: objectTypes[type],
      targetId,
      kind,
      differences,
    })),
    ...link,
  },
});

/** A report that was replaced cannot be read on. */
const readCursor = (token: string | null, cycleId: string): string | null => {
  if (token === null) return null;
  if (token.startsWith(`${cycleId}|`)) return token.slice(cycleId.length + 1);
  throw new ApiError(
    400,
    'BadRequest',
    '$skiptoken: the report was replaced; list it from its beginning.',
    '$skiptoken',
  );
};

/** The one kind that every row can have that the filter lets through, so that no other is read. */
const kindAskedFor = (filter: Filter | null): DriftKind | null => {
  if (filter?.kind === 'and') {
    return filter.operands.map(kindAskedFor).find((kind) => kind !== null) ?? null;
  }
  if (filter?.kind !== 'compare' || filter.member !== 'kind' || filter.comparison !== 'eq') return null;
  return driftKinds.find((kind) => kind === filter.value) ?? null;
};
