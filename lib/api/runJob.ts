import { z } from 'zod';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { graphObject } from './graphBody.js';
import { checkJob, readJob } from './jobPath.js';
import { parseBody } from './parseBody.js';
import { recordChange } from './recordChange.js';
import type { JobView } from './synchronizationJob.js';

type Run = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'queue' | 'clock' | 'newId'>;

const runBody = graphObject({
  kind: z
    .enum(['incremental', 'initial', 'reconcile'], { error: 'expected incremental, initial or reconcile' })
    .default('incremental'),
});

/**
 * `POST …/jobs/{job}/run`: the next cycle now. 202 with the cycle's id, which `status.lastExecution.activityIdentifier`
 * is when it has ended. 409 while a cycle runs (`CycleRunning`, its id as target), the job is paused (`JobPaused`)
 * or nobody has consented at Zoom yet (`NotConfigured`).
 */
export const runJob = async (
  world: Run,
  { isConfigured }: Pick<JobView, 'isConfigured'>,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { kind } = await parseBody(request, runBody);
  const { job, cycle } = await readJob(world);
  if (job.status !== 'on') {
    throw new ApiError(409, 'JobPaused', `The job is ${job.status}; start it before running a cycle.`, world.jobId);
  }
  if (!(await isConfigured())) {
    throw new ApiError(
      409,
      'NotConfigured',
      'Nobody has authorised the Zoom app yet: POST …/zoomConsent.',
      world.jobId,
    );
  }
  if (cycle) throw new ApiError(409, 'CycleRunning', 'A cycle runs already.', cycle.cycleId);
  const waiting = await world.state.jobs.request({
    cycleId: world.newId(),
    kind,
    requestedAt: new Date(world.clock.nowMs()).toISOString(),
  });
  await recordChange(world, 'Run provisioning cycle', caller, [{ name: 'kind', old: null, new: waiting.kind }]);
  await world.queue.send({ jobId: world.jobId, cycleId: waiting.cycleId, slice: 1 }, 0);
  return { status: 202, headers: {}, body: { id: waiting.cycleId } };
};
