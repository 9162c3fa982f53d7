import { z } from 'zod';
import { decideStaged, findUnknown, isListed, type StagedDecision } from '../engine/stagedDecisions.js';
import type { ObjectRow } from '../engine/stored.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { graphObject } from './graphBody.js';
import { checkJob, readJob } from './jobPath.js';
import { nextLinkOf, readSkipToken } from './listPage.js';
import { parseBody } from './parseBody.js';
import { recordChange } from './recordChange.js';

type Place = Pick<World, 'jobId' | 'servicePrincipalId' | 'state'>;
type Deciding = Place & Pick<World, 'queue' | 'clock' | 'newId'>;

/** `GET …/jobs/{job}/stagedRemovals`: who waits to be disabled or deleted, and why; a page at a time. */
export const listStagedRemovals = async (world: Place, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { objects } = world.state;
  const page = await objects.listStaged(readSkipToken(request));
  const rows = await objects.read(page.rows.map(({ id }) => id));
  const value = page.rows.flatMap(({ id }) => toStagedRemoval(rows.get(id)?.row));
  return { status: 200, headers: {}, body: { value, ...nextLinkOf(request, page.cursor) } };
};

const toStagedRemoval = (row: ObjectRow | undefined) =>
  row?.staged && isListed(row)
    ? [
        {
          id: row.id,
          displayName: nameOf(row),
          trigger: row.staged.trigger,
          removal: row.staged.removal,
          state: row.staged.state,
          since: row.staged.since,
          due: row.removal?.due ?? null,
          incident: row.staged.incident,
          releasedBy: row.staged.release?.by ?? null,
          releasedDateTime: row.staged.release?.at ?? null,
          stillActive: row.pending?.fault != null,
        },
      ]
    : [];

/** As Zoom was told; the directory's own name is not kept. */
const nameOf = ({ link }: ObjectRow): string | null => {
  const name = link?.asked['displayName'] ?? link?.asked['userName'];
  return typeof name === 'string' ? name : null;
};

const mostIds = 1_000;
const decisionBody = graphObject({
  ids: z.array(z.string().min(1).max(200)).min(1).max(mostIds).optional(),
});

/** `POST …/stagedRemovals/release`: they are carried out in a cycle that is queued at once, where they still are due. */
export const releaseStagedRemovals = (world: Deciding, request: ApiRequest, caller: Caller): Promise<ApiAnswer> =>
  decide(world, request, caller, 'release');

/** `POST …/stagedRemovals/reject`: they are not carried out, until their people were in scope in between. */
export const rejectStagedRemovals = (world: Deciding, request: ApiRequest, caller: Caller): Promise<ApiAnswer> =>
  decide(world, request, caller, 'reject');

const decide = async (
  world: Deciding,
  request: ApiRequest,
  caller: Caller,
  kind: StagedDecision['kind'],
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { ids } = await parseBody(request, decisionBody);
  const unknown = ids ? await findUnknown(ids, world.state) : [];
  if (unknown.length > 0) {
    const message = `Nothing is staged for ${unknown.join(', ')}.`;
    throw new ApiError(404, 'Request_ResourceNotFound', message, unknown[0] ?? null);
  }
  const release = { by: caller.objectId, at: new Date(world.clock.nowMs()).toISOString() };
  const { decided, stillHeld } = await decideStaged(ids ? new Set(ids) : null, { kind, release }, world.state);
  await recordChange(world, kind === 'release' ? 'Release staged removals' : 'Reject staged removals', caller, [
    { name: 'removals', old: null, new: ids ? ids.join(',') : `all that were held: ${decided}` },
    { name: 'held', old: null, new: String(stillHeld) },
  ]);
  if (kind === 'release' && decided > 0) await queueCycle(world);
  return { status: 204, headers: {}, body: undefined };
};

/** A cycle that runs may be past the removals already: one is asked for to follow it. */
const queueCycle = async (world: Deciding): Promise<void> => {
  const { job } = await readJob(world);
  if (job.status !== 'on') return;
  const requestedAt = new Date(world.clock.nowMs()).toISOString();
  await world.state.jobs.request({ cycleId: world.newId(), kind: 'incremental', requestedAt });
  await world.queue.send({ jobId: world.jobId, cycleId: null, slice: 1 }, 0);
};
