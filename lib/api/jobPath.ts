import type { JobRow } from '../engine/control.js';
import type { ControlRows } from '../engine/state.js';
import type { World } from '../engine/world.js';
import { notFound } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';

type Place = Pick<World, 'jobId' | 'servicePrincipalId'>;

/** Throws `ApiError` 404 where the path names another service principal than the one that is synchronised. */
export const checkServicePrincipal = (place: Place, { params }: ApiRequest): void => {
  if (params['sp']?.toLowerCase() !== place.servicePrincipalId) throw notFound(`The service principal ${params['sp']}`);
};

/** Throws `ApiError` 404 where the path names another job, or another service principal. */
export const checkJob = (place: Place, request: ApiRequest): void => {
  checkServicePrincipal(place, request);
  const { job } = request.params;
  if (job?.toLowerCase() !== place.jobId.toLowerCase()) throw notFound(`The job ${job}`);
};

/** The control rows with the job's own, which is there as soon as the service has started. */
export const readJob = async (world: Pick<World, 'state'>): Promise<ControlRows & { readonly job: JobRow }> => {
  const control = await world.state.jobs.read();
  if (!control.job) throw notFound('The job');
  return { ...control, job: control.job };
};
