import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob, checkServicePrincipal, readJob } from './jobPath.js';
import type { JobDefaults } from './jobSettings.js';
import { refuseQuery } from './parseQuery.js';
import { toSynchronizationJob } from './synchronizationJob.js';

export type Jobs = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'clock'>;

/** `GET …/synchronization/jobs`. */
export const listJobs = async (world: Jobs, defaults: JobDefaults, request: ApiRequest): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  refuseQuery(request);
  return { status: 200, headers: {}, body: { value: [await describeJob(world, defaults)] } };
};

/** `GET …/jobs/{job}`. */
export const getJob = async (world: Jobs, defaults: JobDefaults, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  refuseQuery(request);
  return { status: 200, headers: {}, body: await describeJob(world, defaults) };
};

/** The job as it stands now, in Graph's shape. */
export const describeJob = async (world: Jobs, { deployed, isConfigured }: JobDefaults) =>
  toSynchronizationJob(await readJob(world), deployed, await isConfigured(), world.clock.nowMs());
