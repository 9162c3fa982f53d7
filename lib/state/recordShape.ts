import { z } from 'zod';
import type {
  RecordError,
  RecordIdentity,
  RecordRow,
  RecordStatus,
  RecordStep,
  RecordSystem,
} from '../engine/record.js';

const text = z.string();
const textOrNull = z.string().nullable();
export const recordInitiator = z.enum(['user', 'application', 'system']);
const details = z.record(text, text);
const status: z.ZodType<RecordStatus> = z.enum(['success', 'warning', 'failure', 'skipped']);
const system: z.ZodType<RecordSystem> = z.object({ id: text, displayName: text, details });
const identity: z.ZodType<RecordIdentity> = z.object({ id: text, displayName: text, identityType: text, details });

const error: z.ZodType<RecordError> = z.object({
  errorCode: text,
  reason: text,
  additionalDetails: textOrNull,
  recommendedAction: textOrNull,
  errorCategory: z.enum(['failure', 'nonServiceFailure', 'success']),
});

const step: z.ZodType<RecordStep> = z.object({
  name: text,
  provisioningStepType: z.enum(['import', 'scoping', 'matching', 'processing', 'referenceResolution', 'export']),
  status,
  description: text,
  details,
});

export const recordRow: z.ZodType<RecordRow> = z.object({
  id: text,
  activityDateTime: text,
  tenantId: text,
  jobId: text,
  cycleId: text,
  changeId: text,
  provisioningAction: z.enum(['create', 'update', 'delete', 'stagedDelete', 'disable', 'other']),
  durationInMilliseconds: z.number(),
  initiatedBy: z.object({ id: text, displayName: text, initiatorType: recordInitiator }),
  servicePrincipal: z.object({ id: text, displayName: text }),
  sourceSystem: system,
  targetSystem: system,
  sourceIdentity: identity,
  targetIdentity: identity,
  provisioningStatusInfo: z.object({ status, errorInformation: error.nullable() }),
  provisioningSteps: z.array(step),
  modifiedProperties: z.array(z.object({ displayName: text, oldValue: textOrNull, newValue: textOrNull })),
});
