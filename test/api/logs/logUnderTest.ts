import { z } from 'zod';
import { listProvisioningLogs } from '../../../lib/api/logs/provisioningLogs.js';
import type { RecordRow } from '../../../lib/engine/record.js';
import { createState } from '../../../lib/state/createState.js';
import { createMemoryTables } from '../../../lib/state/memoryTables.js';
import { createHeldClock } from '../../fakes/heldClock.js';
import { jobId } from '../../state/samples.js';
import { getRequest } from '../getRequest.js';

const page = z.object({
  value: z.array(z.custom<RecordRow>((value) => typeof value === 'object')),
  '@odata.nextLink': z.string().optional(),
  '@odata.count': z.number().optional(),
});

export type Page = z.infer<typeof page>;
export type Query = Readonly<Record<string, string>>;

export const tenantId = 't';

/** A provisioning log in memory, asked as its door asks it. */
export const createLog = () => {
  const state = createState({ tables: createMemoryTables(), jobId, clock: createHeldClock(), newId: () => 'id' });
  const world = { jobId, tenantId, state };
  const ask = async (pathOrLink: string, query: Query = {}): Promise<Page> =>
    page.parse((await listProvisioningLogs(world, getRequest(pathOrLink, query))).body);
  return {
    state,
    append: (records: readonly RecordRow[]) => state.records.append(records),
    list: (query: Query = {}) => ask('auditLogs/provisioning', query),
    follow: (link: string) => ask(link),
    /** Pages to the end of the listing. */
    async pages(query: Query, between: () => Promise<void> = async () => undefined): Promise<readonly Page[]> {
      const all = [await ask('auditLogs/provisioning', query)];
      for (let link = all[0]?.['@odata.nextLink']; link !== undefined; link = all.at(-1)?.['@odata.nextLink']) {
        await between();
        all.push(await ask(link));
      }
      return all;
    },
    /** Table operations that a question costs. */
    async cost(query: Query): Promise<number> {
      const before = state.operationCount();
      await ask('auditLogs/provisioning', query);
      return state.operationCount() - before;
    },
  };
};

export const idsOf = (...pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ value }) => value.map(({ id }) => id));
