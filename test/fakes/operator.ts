import type { ApiAnswer, ApiRequest } from '../../lib/api/apiRequest.js';
import type { Caller } from '../../lib/api/authorise.js';
import { handleDelete, handlePause, handleRestart, handleStart } from '../../lib/api/controlJob.js';
import type { CycleSummary } from '../../lib/engine/control.js';
import { requestOf } from '../api/apiRequests.js';
import type { Tenant } from './tenant.js';

export const caller: Caller = {
  objectId: '99999999-9999-4999-8999-999999999999',
  applicationId: '88888888-8888-4888-8888-888888888888',
  kind: 'user',
};

/** A request to a route of the tenant's job. */
export const jobRequest = ({ world }: Pick<Tenant, 'world'>, body?: unknown, query = ''): ApiRequest =>
  requestOf({
    params: { sp: world.servicePrincipalId, job: world.jobId },
    query,
    ...(body === undefined ? {} : { body }),
  });

const configured = { isConfigured: async () => true };

type Handle = (request: ApiRequest) => Promise<ApiAnswer>;

/** What an administrator does to a tenant's job through the API. */
export const operate = (tenant: Tenant) => {
  const { world } = tenant;
  const call = async (handle: Handle, body?: unknown): Promise<void> => {
    const { status } = await tenant.clock.settle(handle(jobRequest(tenant, body)));
    if (status !== 204) throw new Error(`The API answered ${status}.`);
  };
  return {
    start: () => call((request) => handleStart(world, configured, request, caller)),
    pause: () => call((request) => handlePause(world, request, caller)),
    delete: () => call((request) => handleDelete(world, request, caller)),
    restart: (resetScope?: string) =>
      call((request) => handleRestart(world, configured, request, caller), { criteria: { resetScope } }),
    /** Delivers every message that waits and gives the summaries of the cycles that ended. */
    drain: async (): Promise<readonly CycleSummary[]> => {
      const summaries: CycleSummary[] = [];
      while (tenant.queue.length > 0) {
        const result = await tenant.deliver();
        if (result.kind === 'finished') summaries.push(result.summary);
      }
      return summaries;
    },
  };
};
