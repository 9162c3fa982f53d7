import type { EngineSettings } from '../engine/settings.js';
import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { checkJob, checkServicePrincipal, readJob } from './jobPath.js';
import { refuseQuery } from './parseQuery.js';
import { toSynchronizationJob } from './synchronizationJob.js';

type Jobs = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'clock'>;

/** `GET …/synchronization/jobs`. */
export const listJobs = async (world: Jobs, deployed: EngineSettings, request: ApiRequest): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  refuseQuery(request);
  const job = toSynchronizationJob(await readJob(world), deployed, world.clock.nowMs());
  return { status: 200, headers: {}, body: { value: [job] } };
};

/** `GET …/jobs/{job}`. */
export const getJob = async (world: Jobs, deployed: EngineSettings, request: ApiRequest): Promise<ApiAnswer> => {
  checkJob(world, request);
  refuseQuery(request);
  const body = toSynchronizationJob(await readJob(world), deployed, world.clock.nowMs());
  return { status: 200, headers: {}, body };
};
