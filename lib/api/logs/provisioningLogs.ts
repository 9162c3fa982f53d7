import type { RecordRow } from '../../engine/record.js';
import type { World } from '../../engine/world.js';
import type { ApiAnswer, ApiRequest } from '../apiRequest.js';
import { answerListing } from './answerListing.js';
import { parseListingQuery } from './listingQuery.js';
import { matchesFilter } from './matchesFilter.js';
import { planRecords } from './planRecords.js';
import { provisioningMembers } from './provisioningMembers.js';
import type { ReadLog } from './readMatches.js';
import { resolveNames } from './resolveNames.js';

type Logs = Pick<World, 'jobId' | 'tenantId'> & { readonly state: Pick<World['state'], 'records'> };

/**
 * `GET /auditLogs/provisioning`: records in the shape of Graph's `provisioningObjectSummary`, newest first, with
 * `$filter`, `$orderby`, `$top`, `$skiptoken` and `$count`. A question about one person or one cycle reads only their
 * records, whatever the log's size.
 */
export const listProvisioningLogs = async (world: Logs, request: ApiRequest): Promise<ApiAnswer> => {
  const { records } = world.state;
  const query = parseListingQuery(request, provisioningMembers);
  const filter = query.filter && (await resolveNames(query.filter, records));
  const plan = planRecords(filter, { jobId: world.jobId, tenantId: world.tenantId });
  const read: ReadLog<RecordRow> = async (after, limit) => {
    if (!plan) return { entries: [], next: null };
    const { path, fromMs, toMs } = plan;
    return records.read(path, { fromMs, toMs, order: query.order, after }, limit);
  };
  return answerListing(request, query, read, (record) => matchesFilter(filter, record, provisioningMembers));
};
