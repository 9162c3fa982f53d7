import type { World } from '../engine/world.js';
import type { ApiAnswer } from './apiRequest.js';

/** 200 where settings and storage are well, else 503; no data of the tenant. */
export const answerHealth = async (world: Pick<World, 'state'>): Promise<ApiAnswer> => {
  const isStorageWell = await world.state.jobs.read().then(
    ({ job }) => job !== null,
    () => false,
  );
  return {
    status: isStorageWell ? 200 : 503,
    headers: {},
    body: { status: isStorageWell ? 'ok' : 'unavailable', storage: isStorageWell ? 'reachable' : 'unreachable' },
  };
};
