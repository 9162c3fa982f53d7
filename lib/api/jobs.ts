import { z } from 'zod';
import type { JobRow } from '../engine/control.js';
import type { ControlRows } from '../engine/state.js';
import type { World } from '../engine/world.js';
import { ApiError, notFound } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { parseBody } from './parseBody.js';
import { toSynchronizationJob } from './synchronizationJob.js';

type Jobs = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'queue' | 'clock' | 'newId'>;

/** Whether there are Zoom credentials at all: false until an administrator has consented. */
type IsConfigured = () => Promise<boolean>;

/** `GET …/synchronization/jobs`. */
export const listJobs = async (world: Jobs, request: ApiRequest, isConfigured: IsConfigured): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  const job = toSynchronizationJob(await readJob(world), world.clock.nowMs(), await isConfigured());
  return { status: 200, headers: {}, body: { value: [job] } };
};

/** `GET …/jobs/{job}`. */
export const getJob = async (world: Jobs, request: ApiRequest, isConfigured: IsConfigured): Promise<ApiAnswer> => {
  checkJob(world, request);
  const job = toSynchronizationJob(await readJob(world), world.clock.nowMs(), await isConfigured());
  return { status: 200, headers: {}, body: job };
};

const runBody = z.strictObject({
  kind: z.enum(['incremental', 'initial'], { error: 'expected incremental or initial' }).default('incremental'),
});

/**
 * `POST …/jobs/{job}/run`: the next cycle now. 202 with the cycle's id, which `status.lastExecution.activityIdentifier`
 * is when it has ended. 409 while a cycle runs (`CycleRunning`, its id as target), the job is paused (`JobPaused`)
 * or nobody has consented at Zoom yet (`NotConfigured`).
 */
export const runJob = async (world: Jobs, request: ApiRequest, isConfigured: IsConfigured): Promise<ApiAnswer> => {
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
  await world.queue.send({ jobId: world.jobId, cycleId: waiting.cycleId, slice: 1 }, 0);
  return { status: 202, headers: {}, body: { id: waiting.cycleId } };
};

const checkServicePrincipal = (world: Pick<World, 'servicePrincipalId'>, { params }: ApiRequest): void => {
  if (params['sp']?.toLowerCase() !== world.servicePrincipalId) throw notFound(`The service principal ${params['sp']}`);
};

/** Throws `ApiError` 404 where the route names another service principal or job. */
export const checkJob = (world: Pick<World, 'jobId' | 'servicePrincipalId'>, request: ApiRequest): void => {
  checkServicePrincipal(world, request);
  const { job } = request.params;
  if (job?.toLowerCase() !== world.jobId.toLowerCase()) throw notFound(`The job ${job}`);
};

const readJob = async (world: Jobs): Promise<ControlRows & { readonly job: JobRow }> => {
  const control = await world.state.jobs.read();
  if (!control.job) throw notFound('The job');
  return { ...control, job: control.job };
};
