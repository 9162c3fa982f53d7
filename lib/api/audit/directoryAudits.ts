import type { World } from '../../engine/world.js';
import type { ApiAnswer, ApiRequest } from '../apiRequest.js';
import { answerListing } from '../logs/answerListing.js';
import { parseListingQuery } from '../logs/listingQuery.js';
import { matchesFilter } from '../logs/matchesFilter.js';
import { planRecords } from '../logs/planRecords.js';
import type { ReadLog } from '../logs/readMatches.js';
import { auditMembers } from './auditMembers.js';
import { type DirectoryAudit, toDirectoryAudit } from './toDirectoryAudit.js';

type Audits = Pick<World, 'jobId' | 'servicePrincipalId'> & { readonly state: Pick<World['state'], 'audit'> };

/**
 * `GET /auditLogs/directoryAudits`: configuration changes in the shape of Graph's `directoryAudit`, newest first, with
 * the query options of the provisioning log.
 */
export const listDirectoryAudits = async (world: Audits, request: ApiRequest): Promise<ApiAnswer> => {
  const query = parseListingQuery(request, auditMembers);
  const plan = planRecords(query.filter, {});
  const read: ReadLog<DirectoryAudit> = async (after, limit) => {
    if (!plan) return { entries: [], next: null };
    const { fromMs, toMs } = plan;
    const page = await world.state.audit.read({ fromMs, toMs, order: query.order, after }, limit);
    const entries = page.entries.map(({ entry, position }) => ({ entry: toDirectoryAudit(entry, world), position }));
    return { entries, next: page.next };
  };
  return answerListing(request, query, read, (audit) => matchesFilter(query.filter, audit, auditMembers));
};
