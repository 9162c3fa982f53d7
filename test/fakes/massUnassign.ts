import { releaseStagedRemovals } from '../../lib/api/stagedRemovals.js';
import type { CycleSummary } from '../../lib/engine/control.js';
import type { RecordRow } from '../../lib/engine/record.js';
import { requestOf } from '../api/apiRequests.js';
import { createTenant, licensedRoleId, servicePrincipalId, type Tenant } from './tenant.js';

/** A company of which five sixths come in through one group, the rest directly. */
export interface Company {
  readonly tenant: Tenant;
  readonly groupId: string;
  readonly memberIds: readonly string[];
  readonly directIds: readonly string[];
}

const joiners = 50;

export const openCompany = async (people: number): Promise<Company> => {
  const tenant = await createTenant({
    graph: { usersPerPage: 200, repeatProbability: 0 },
    engine: { concurrency: 32 },
  });
  const members = Math.floor((people * 5) / 6);
  const memberIds = Array.from({ length: members }, (_, number) => tenant.join(`member${number}`, { assigned: false }));
  const groupId = tenant.group('Everybody', memberIds);
  const directIds = Array.from({ length: people - members }, (_, number) => tenant.join(`direct${number}`));
  await tenant.runCycle();
  await tenant.runCycle();
  return { tenant, groupId, memberIds, directIds };
};

/** The group loses its assignment while people join: over the two lists that prove it. */
export const unassignGroup = async ({ tenant, groupId }: Company): Promise<readonly CycleSummary[]> => {
  tenant.graph.dir.unassign({ principalId: groupId });
  for (let number = 0; number < joiners; number += 1) tenant.join(`joiner${number}`);
  return [await tenant.runCycle(), await tenant.runCycle(), await tenant.runCycle()];
};

export const joinersWithAccount = (tenant: Tenant): number =>
  Array.from({ length: joiners }, (_, number) => tenant.account(`joiner${number}`)).filter(
    (account) => account?.status === 'active',
  ).length;

export const assignAgain = ({ tenant, groupId }: Company): string =>
  tenant.graph.dir.assign({ principalId: groupId, appRoleId: licensedRoleId });

/** As an administrator would, by the API. */
export const release = async ({ tenant }: Company, ids: readonly string[]): Promise<void> => {
  const request = requestOf({ params: { sp: servicePrincipalId, job: tenant.world.jobId }, body: { ids } });
  await releaseStagedRemovals(tenant.world, request, { objectId: 'admin-1', applicationId: null, kind: 'user' });
};

export const inactiveOf = (tenant: Tenant): number =>
  [...tenant.zoom.state().accounts.values()].filter(({ status }) => status === 'inactive').length;

export const stagedStates = async ({ world }: Tenant): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  let cursor: string | null = null;
  do {
    const page = await world.state.objects.listStaged(cursor);
    for (const { state } of page.rows) counts[state] = (counts[state] ?? 0) + 1;
    cursor = page.cursor;
  } while (cursor !== null);
  return counts;
};

export const countActions = (records: readonly RecordRow[], action: RecordRow['provisioningAction']): number =>
  records.filter(({ provisioningAction }) => provisioningAction === action).length;
