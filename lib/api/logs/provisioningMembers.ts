import {
  type RecordRow,
  recordActions,
  recordErrorCategories,
  recordInitiators,
  recordStatuses,
} from '../../engine/record.js';
import type { Member, Members } from './filter.js';

type RecordMember = Member<RecordRow>;

const text = (read: (record: RecordRow) => string | null): RecordMember => ({ type: 'text', read });

const enumeration = (values: readonly string[], read: (record: RecordRow) => string | null): RecordMember => ({
  type: 'enumeration',
  values: [...values, 'unknownFutureValue'],
  read,
});

const detail =
  (name: string) =>
  ({ sourceIdentity }: RecordRow): string | null =>
    sourceIdentity.details[name] ?? null;

const error = (
  read: (error: NonNullable<RecordRow['provisioningStatusInfo']['errorInformation']>) => string | null,
): ((record: RecordRow) => string | null) => {
  return ({ provisioningStatusInfo: { errorInformation } }) => (errorInformation ? read(errorInformation) : null);
};

const action = enumeration(recordActions, (record) => record.provisioningAction);

const statusInfo = (name: string): Members<RecordRow> => ({
  [`${name}/status`]: enumeration(recordStatuses, (record) => record.provisioningStatusInfo.status),
  [`${name}/errorInformation/errorCode`]: text(error(({ errorCode }) => errorCode)),
  [`${name}/errorInformation/reason`]: text(error(({ reason }) => reason)),
  [`${name}/errorInformation/additionalDetails`]: text(error(({ additionalDetails }) => additionalDetails)),
  [`${name}/errorInformation/recommendedAction`]: text(error(({ recommendedAction }) => recommendedAction)),
  [`${name}/errorInformation/errorCategory`]: enumeration(
    recordErrorCategories,
    error(({ errorCategory }) => errorCategory),
  ),
});

/**
 * What `GET /auditLogs/provisioning` can be filtered by: every single value of Graph's `provisioningObjectSummary`, and
 * its older names `action` and `statusInfo`. A comparison with a userPrincipalName or mail means the object that was
 * ever known by it, so that records from before a change of name, or of somebody who is gone, are found too.
 */
export const provisioningMembers: Members<RecordRow> = {
  id: text((record) => record.id),
  activityDateTime: { type: 'instant', read: (record) => Date.parse(record.activityDateTime) },
  tenantId: text((record) => record.tenantId),
  jobId: text((record) => record.jobId),
  cycleId: text((record) => record.cycleId),
  changeId: text((record) => record.changeId),
  provisioningAction: action,
  action,
  durationInMilliseconds: { type: 'number', read: (record) => record.durationInMilliseconds },
  'initiatedBy/id': text((record) => record.initiatedBy.id),
  'initiatedBy/displayName': text((record) => record.initiatedBy.displayName),
  'initiatedBy/initiatorType': enumeration(recordInitiators, (record) => record.initiatedBy.initiatorType),
  'servicePrincipal/id': text((record) => record.servicePrincipal.id),
  'servicePrincipal/displayName': text((record) => record.servicePrincipal.displayName),
  'sourceSystem/id': text((record) => record.sourceSystem.id),
  'sourceSystem/displayName': text((record) => record.sourceSystem.displayName),
  'targetSystem/id': text((record) => record.targetSystem.id),
  'targetSystem/displayName': text((record) => record.targetSystem.displayName),
  'sourceIdentity/id': text((record) => record.sourceIdentity.id),
  'sourceIdentity/displayName': text((record) => record.sourceIdentity.displayName),
  'sourceIdentity/identityType': text((record) => record.sourceIdentity.identityType),
  'sourceIdentity/details/userPrincipalName': { type: 'name', read: detail('userPrincipalName') },
  'sourceIdentity/details/mail': { type: 'name', read: detail('mail') },
  'targetIdentity/id': text((record) => record.targetIdentity.id),
  'targetIdentity/displayName': text((record) => record.targetIdentity.displayName),
  'targetIdentity/identityType': text((record) => record.targetIdentity.identityType),
  ...statusInfo('provisioningStatusInfo'),
  ...statusInfo('statusInfo'),
};
