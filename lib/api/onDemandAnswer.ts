import type { DemandEnd, DemandReport, DemandStep } from '../engine/onDemand/demand.js';
import type { DemandRun } from '../engine/onDemand/demandRun.js';
import { resultOf } from '../engine/onDemand/workOnRun.js';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Graph's words for how a call ended. */
const results = { success: 'Success', skipped: 'Skipped', failure: 'Failure' } as const;

/** Graph's `stringKeyStringValuePair`: key and value are each JSON in a text. */
export const toKeyValue = (context: string, ends: readonly DemandEnd[], isOne: boolean) => {
  const [first] = ends;
  const values = ends.map(toValue);
  return {
    '@odata.context': context,
    key: JSON.stringify(isOne && first ? toKey(first) : toKeyOfAll(ends)),
    value: JSON.stringify(isOne ? values[0] : values),
  };
};

const toKey = (end: DemandEnd) => {
  const error = end.kind === 'done' ? end.report.record.provisioningStatusInfo.errorInformation : unfinished[end.kind];
  return {
    result: results[resultOf(end)],
    details: error ? { errorCode: error.errorCode, errorMessage: error.reason } : {},
  };
};

/** Several people: one that failed speaks for all, then one for whom something was done. */
const toKeyOfAll = (ends: readonly DemandEnd[]) => {
  const counts = { success: 0, skipped: 0, failure: 0 };
  for (const end of ends) counts[resultOf(end)] += 1;
  const worst = counts.failure > 0 ? 'failure' : counts.success > 0 ? 'success' : 'skipped';
  return { result: results[worst], details: counts };
};

const toValue = (end: DemandEnd) => (end.kind === 'done' ? toReport(end.report) : toUnfinished(end));

/** What one person of several ended as, where there is nothing to show. */
const unfinished = {
  unknown: {
    errorCode: 'ResourceNotFound',
    reason: 'Nobody in the directory goes by this id, userPrincipalName or mail.',
    recommendedAction: 'Check the id or name.',
  },
  ambiguous: {
    errorCode: 'AmbiguousSubject',
    reason: 'Several users go by this name.',
    recommendedAction: 'Name the user by the object id.',
  },
  busy: {
    errorCode: 'ObjectBusy',
    reason: 'A cycle or another call was at work on the user for a minute.',
    recommendedAction: 'Call again.',
  },
} as const;

const toUnfinished = ({ kind }: Exclude<DemandEnd, { kind: 'done' }>) => ({
  action: 'Other',
  statusInfo: { status: 'Failure', ...unfinished[kind], additionalDetails: null, errorCategory: 'nonServiceFailure' },
  modifiedProperties: [],
  provisioningSteps: [],
});

/** One person's record as Microsoft's provision on demand shows it. */
const toReport = ({ record, steps }: DemandReport) => {
  const { status, errorInformation } = record.provisioningStatusInfo;
  const { sourceIdentity, targetIdentity, sourceSystem, targetSystem } = record;
  return {
    action: capital(record.provisioningAction),
    changeId: record.changeId,
    startTime: record.activityDateTime,
    endTime: steps.at(-1)?.at ?? record.activityDateTime,
    reportableIdentifier: sourceIdentity.details['userPrincipalName'] ?? sourceIdentity.id,
    statusInfo: {
      status: capital(status),
      errorCode: errorInformation?.errorCode ?? null,
      reason: errorInformation?.reason ?? null,
      additionalDetails: errorInformation?.additionalDetails ?? null,
      errorCategory: errorInformation?.errorCategory ?? null,
      recommendedAction: errorInformation?.recommendedAction ?? null,
    },
    modifiedProperties: record.modifiedProperties,
    provisioningSteps: steps.map(toStep),
    sourceIdentity: toIdentity(sourceIdentity),
    targetIdentity: toIdentity(targetIdentity),
    sourceSystem: toSystem(sourceSystem),
    targetSystem: toSystem(targetSystem),
  };
};

const toStep = ({ name, type, status, description, at, details }: DemandStep) => ({
  name,
  type: capital(type),
  status: capital(status),
  description,
  timestamp: at,
  details,
});

const toIdentity = ({ id, displayName, identityType, details }: DemandReport['record']['sourceIdentity']) => ({
  id,
  type: identityType,
  displayName: displayName === '' ? null : displayName,
  details,
});

const toSystem = ({ id, displayName, details }: DemandReport['record']['sourceSystem']) => ({
  id,
  name: displayName,
  details,
});

/** A run that goes on in the queue, as far as it is. Its log records have its id as cycle id. */
export const toRun = (run: DemandRun) => ({
  id: run.id,
  state: run.state,
  dryRun: run.isDryRun,
  groupId: run.groupId,
  createdDateTime: run.createdAt,
  endedDateTime: run.endedAt,
  progress: {
    completedUnits: run.counts.success + run.counts.skipped + run.counts.failure,
    totalUnits: run.total,
    units: 'users',
  },
  counts: run.counts,
  error: run.faultCode === null ? null : { code: run.faultCode },
});
