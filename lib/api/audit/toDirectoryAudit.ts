import type { AuditActivity, AuditActor, AuditEntry } from '../../engine/audit.js';
import type { World } from '../../engine/world.js';

const operationTypes: Readonly<Record<AuditActivity, string>> = {
  'Update provisioning setting or credentials': 'Update',
  'Enable/start provisioning configuration': 'Update',
  'Disable/pause provisioning configuration': 'Update',
  'Enable/restart provisioning configuration': 'Update',
  'Update attribute mappings or scope': 'Update',
  'Run provisioning cycle': 'Update',
  'Release staged removals': 'Update',
  'Reject staged removals': 'Update',
  'Delete provisioning configuration': 'Delete',
};

/** A configuration change in the shape of Graph's `directoryAudit`. */
export const toDirectoryAudit = (
  entry: AuditEntry,
  { jobId, servicePrincipalId }: Pick<World, 'jobId' | 'servicePrincipalId'>,
) => ({
  id: entry.id,
  activityDateTime: entry.at,
  activityDisplayName: entry.activity,
  category: 'ProvisioningManagement',
  correlationId: entry.id,
  initiatedBy: toInitiator(entry.actor),
  loggedByService: 'Account Provisioning',
  operationType: operationTypes[entry.activity] ?? 'Update',
  result: entry.result,
  resultReason: entry.reason,
  targetResources: [
    {
      id: servicePrincipalId,
      displayName: 'Zoom',
      type: 'ServicePrincipal',
      userPrincipalName: null,
      groupType: null,
      modifiedProperties: entry.changes.map(({ name, old, new: value }) => ({
        displayName: name,
        oldValue: old,
        newValue: value,
      })),
    },
  ],
  additionalDetails: [{ key: 'JobId', value: jobId }],
});

export type DirectoryAudit = ReturnType<typeof toDirectoryAudit>;

/** A person through an application has a token of both; an application of its own has no person. */
const toInitiator = ({ objectId, applicationId, kind }: AuditActor) => ({
  user: kind === 'application' ? null : { id: objectId, displayName: null, userPrincipalName: null, ipAddress: null },
  app:
    applicationId === null
      ? null
      : {
          appId: applicationId,
          displayName: null,
          servicePrincipalId: kind === 'application' ? objectId : null,
          servicePrincipalName: null,
        },
});
