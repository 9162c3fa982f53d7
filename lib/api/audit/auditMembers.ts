import type { Member, Members } from '../logs/filter.js';
import type { DirectoryAudit } from './toDirectoryAudit.js';

const text = (read: (audit: DirectoryAudit) => string | null): Member<DirectoryAudit> => ({ type: 'text', read });

/** What `GET /auditLogs/directoryAudits` can be filtered by: every single value that an entry has. */
export const auditMembers: Members<DirectoryAudit> = {
  id: text((audit) => audit.id),
  activityDateTime: { type: 'instant', read: (audit) => Date.parse(audit.activityDateTime) },
  activityDisplayName: text((audit) => audit.activityDisplayName),
  category: text((audit) => audit.category),
  correlationId: text((audit) => audit.correlationId),
  'initiatedBy/user/id': text(({ initiatedBy }) => initiatedBy.user?.id ?? null),
  'initiatedBy/app/appId': text(({ initiatedBy }) => initiatedBy.app?.appId ?? null),
  'initiatedBy/app/servicePrincipalId': text(({ initiatedBy }) => initiatedBy.app?.servicePrincipalId ?? null),
  loggedByService: text((audit) => audit.loggedByService),
  operationType: text((audit) => audit.operationType),
  result: {
    type: 'enumeration',
    values: ['success', 'failure', 'timeout', 'unknownFutureValue'],
    read: (audit) => audit.result,
  },
  resultReason: text((audit) => audit.resultReason),
};
