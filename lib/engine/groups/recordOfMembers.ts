import type { Fault } from '../model.js';
import { redactedValue } from '../model.js';
import type { RecordRow, RecordStep } from '../record.js';
import { frameRecord, type RecordContext } from '../recordOf.js';
import type { ObjectRow } from '../stored.js';

/** What one look at a group's memberships came to, by the ids of the source. */
export interface MembersOutcome {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly failed: ReadonlyMap<string, Fault>;
  /** Wanted for the first time, and without an account that could be a member. */
  readonly waiting: readonly string[];
}

/** Whether there is anything that the log should tell. */
export const isTold = ({ added, removed, failed, waiting }: MembersOutcome): boolean =>
  added.length > 0 || removed.length > 0 || failed.size > 0 || waiting.length > 0;

/** The record of a group whose members were changed, with those who could not be resolved or were refused. */
export const recordOfMembers = (
  { id, group, link }: ObjectRow,
  outcome: MembersOutcome,
  context: Omit<RecordContext, 'mapping' | 'held'>,
  startedMs: number,
  endedMs: number,
): RecordRow => {
  const name = group?.displayName ?? '';
  const displayName = name !== '' && context.redact.has('displayName') ? redactedValue : name;
  const [fault] = outcome.failed.values();
  const isChanged = outcome.added.length > 0 || outcome.removed.length > 0;
  const status = fault ? 'failure' : isChanged ? 'success' : 'skipped';
  return {
    ...frameRecord(context, startedMs),
    provisioningAction: isChanged || fault ? 'update' : 'other',
    durationInMilliseconds: Math.max(0, Math.round(endedMs - startedMs)),
    sourceIdentity: { id, displayName, identityType: 'Group', details: {} },
    targetIdentity: { id: link?.targetId ?? '', displayName, identityType: 'Group', details: {} },
    provisioningStatusInfo: { status, errorInformation: fault ? errorOf(fault, outcome) : null },
    provisioningSteps: stepsOf(displayName, outcome),
    modifiedProperties: isChanged
      ? [{ displayName: 'members', oldValue: listed(outcome.removed), newValue: listed(outcome.added) }]
      : [],
  };
};

/** Of a change both lists are parts: whoever is in neither stayed as they were. */
const listed = (ids: readonly string[]): string | null => (ids.length === 0 ? null : JSON.stringify(ids));

const errorOf = (fault: Fault, { failed }: MembersOutcome) => ({
  errorCode: fault.code,
  reason: `${failed.size} memberships could not be changed: ${fault.message}`,
  additionalDetails: fault.request
    ? `${fault.request.method} ${fault.request.path} answered ${fault.request.status ?? 'nothing'} (request ${fault.request.requestId ?? 'without id'})`
    : null,
  recommendedAction: fault.recommendedAction,
  errorCategory: fault.whose === 'us' ? ('failure' as const) : ('nonServiceFailure' as const),
});

const stepsOf = (groupName: string, { added, removed, failed, waiting }: MembersOutcome): readonly RecordStep[] => {
  const steps: RecordStep[] = [];
  if (waiting.length > 0) {
    steps.push({
      name: 'EntryReferenceResolution',
      provisioningStepType: 'referenceResolution',
      status: 'warning',
      description: `${waiting.length} members of the group ${groupName} have no account in Zoom yet; each is added when it has one.`,
      details: { UnableToResolveReferenceAttributeValue: waiting.join(', ') },
    });
  }
  if (added.length > 0 || removed.length > 0 || failed.size > 0) {
    steps.push({
      name: 'EntryExportUpdate',
      provisioningStepType: 'export',
      status: failed.size > 0 ? 'failure' : 'success',
      description: `${added.length} members added, ${removed.length} removed, ${failed.size} failed.`,
      details: Object.fromEntries([...failed].map(([id, fault]) => [id, fault.code])),
    });
  }
  return steps;
};
