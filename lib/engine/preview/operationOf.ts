import type { RecordRow } from '../record.js';
import { exportedAs } from '../recordSteps.js';
import type { PreviewAction, PreviewOperation } from './preview.js';

/** Ids of accounts that a preview made up begin so. */
export const pretendIdPrefix = 'preview-';

/** The operation that a log record of the pretended cycle tells of. */
export const operationOf = (record: RecordRow): PreviewOperation => {
  const { sourceIdentity, targetIdentity, provisioningStatusInfo } = record;
  const isPretended = targetIdentity.id === '' || targetIdentity.id.startsWith(pretendIdPrefix);
  return {
    id: record.id,
    action: actionOf(record),
    sourceId: sourceIdentity.id,
    sourceName: sourceIdentity.displayName,
    userPrincipalName: sourceIdentity.details['userPrincipalName'] ?? null,
    targetId: isPretended ? null : targetIdentity.id,
    code: provisioningStatusInfo.errorInformation?.errorCode ?? null,
    reason: reasonOf(record),
    modifiedProperties: record.modifiedProperties,
  };
};

const actionOf = (record: RecordRow): PreviewAction => {
  switch (record.provisioningStatusInfo.status) {
    case 'failure':
      return 'fail';
    case 'skipped':
      return 'skip';
    case 'success':
    case 'warning':
      return doneAs(record);
  }
};

const doneAs = (record: RecordRow): PreviewAction => {
  switch (record.provisioningAction) {
    case 'stagedDelete':
      return 'hold';
    case 'disable':
    case 'delete':
    case 'create':
      return record.provisioningAction;
    case 'update':
    case 'other':
      return exportedAs(record.provisioningSteps) ?? 'update';
  }
};

const reasonOf = (record: RecordRow): string => {
  const { errorInformation } = record.provisioningStatusInfo;
  if (errorInformation) return errorInformation.reason;
  const scoping = record.provisioningSteps.find(({ provisioningStepType }) => provisioningStepType === 'scoping');
  return Object.entries(scoping?.details ?? {})
    .map(([gate, detail]) => `${gate}: ${detail}`)
    .join('; ');
};
