import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob, checkServicePrincipal, readJob } from './jobPath.js';
import { refuseQuery } from './parseQuery.js';
import { type JobView, toSynchronizationJob } from './synchronizationJob.js';

type Jobs = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'clock'>;

/** `GET …/synchronization/jobs`. */
export const listJobs = async (world: Jobs, view: JobView, request: ApiRequest): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  refuseQuery(request);
  return { status: 200, headers: {}, body: { value: [await showJob(world, view)] } };
};

/** `GET …/jobs/{job}`. */
export const getJob = async (world: Jobs, view: JobView, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  refuseQuery(request);
  return { status: 200, headers: {}, body: await showJob(world, view) };
};

/** The job as it is stored now, in Graph's shape. */
export const showJob = async (world: Pick<World, 'state' | 'clock'>, { deployed, isConfigured }: JobView) => {
  const isReady = await isConfigured();
  return toSynchronizationJob(await readJob(world), { deployed, isConfigured: isReady }, world.clock.nowMs());
};
