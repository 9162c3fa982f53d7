import { redactedValue } from './model.js';
import type { RecordRow } from './record.js';
import { skipAdvice } from './recordAdvice.js';
import { frameRecord, type RecordContext } from './recordOf.js';
import { appParent, type ObjectRow } from './stored.js';

/** The record of an assigned group whose members are provisioned and which itself is not: no mapping makes groups. */
export const recordOfUnmappedGroup = (
  { id, group, via }: ObjectRow,
  context: Omit<RecordContext, 'mapping' | 'held'>,
  nowMs: number,
): RecordRow => {
  const name = group?.displayName ?? '';
  const parents = Object.keys(via);
  const assignment = parents.includes(appParent) ? 'assigned directly' : `nested in ${parents.sort().join(' and ')}`;
  const scopeDetails = { assignment, 'Assigned to the application': 'True' };
  return {
    ...frameRecord(context, nowMs),
    provisioningAction: 'other',
    durationInMilliseconds: 0,
    sourceIdentity: {
      id,
      displayName: name !== '' && context.redact.has('displayName') ? redactedValue : name,
      identityType: 'Group',
      details: {},
    },
    targetIdentity: { id: '', displayName: '', identityType: 'Group', details: {} },
    provisioningStatusInfo: {
      status: 'skipped',
      errorInformation: {
        errorCode: 'GroupNotMapped',
        reason: 'Groups are not mapped to Zoom: only the group’s members are provisioned.',
        additionalDetails: null,
        recommendedAction: skipAdvice.GroupNotMapped,
        errorCategory: 'nonServiceFailure',
      },
    },
    provisioningSteps: [
      {
        name: 'EntryImport',
        provisioningStepType: 'import',
        status: 'success',
        description: 'Read from Microsoft Entra ID.',
        details: {},
      },
      {
        name: 'EntrySynchronizationScoping',
        provisioningStepType: 'scoping',
        status: 'success',
        description: 'In scope: in.',
        details: scopeDetails,
      },
      {
        name: 'EntrySynchronizationSkip',
        provisioningStepType: 'processing',
        status: 'skipped',
        description: 'Decision: skip.',
        details: { SkipReason: 'GroupNotMapped' },
      },
    ],
    modifiedProperties: [],
  };
};
