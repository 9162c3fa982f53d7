import type { DriftKind, DriftRow } from '../drift.js';
import type { JsonValue } from '../model.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { RecordRow } from '../record.js';
import { frameRecord } from '../recordOf.js';
import type { Redaction } from '../redaction.js';
import type { Link } from '../stored.js';

interface Explanation {
  readonly code: string;
  readonly reason: string;
  readonly advice: string;
}

/** What was found, and what to do about it where nothing is put right by itself. */
const explanations: Readonly<Record<DriftKind, Explanation>> = {
  missing: {
    code: 'TargetMissing',
    reason: 'The linked account is not in Zoom any more.',
    advice:
      'Nothing where RECONCILE_MODE is repair: the person is matched again, or gets a new account. Else provision the person on demand, or take the assignment away.',
  },
  active: {
    code: 'TargetActivityChanged',
    reason: 'The account was enabled or disabled in Zoom, and not by this service.',
    advice:
      'Nothing where RECONCILE_MODE is repair. Else provision the person on demand, or change what assigns or blocks the person in Microsoft Entra ID.',
  },
  differs: {
    code: 'TargetValueChanged',
    reason: 'Mapped attributes of the account were changed in Zoom.',
    advice:
      'Nothing where RECONCILE_MODE is repair. Else provision the person on demand, or correct the value in Microsoft Entra ID, or take the attribute out of the mapping.',
  },
  unmanaged: {
    code: 'TargetUnmanaged',
    reason: 'The account belongs to nobody whom this job provides; it is never touched.',
    advice: 'Assign its person to the enterprise application to have it adopted, or leave it to Zoom’s administrators.',
  },
};

interface LoggedDrift {
  readonly row: DriftRow;
  readonly link: Link | null;
  /** When the cycle began: the same however often a page is replayed. */
  readonly startedMs: number;
}

/** The log record of an account that is not as it was left: beside each value that was asked for, the one that was found. */
export const recordOfDrift = (
  { row, link, startedMs }: LoggedDrift,
  redaction: Redaction,
  context: ProvisionContext,
): RecordRow => {
  const { id, type, targetId, kind, differences, recordId } = row;
  const { code, reason, advice } = explanations[kind];
  const userName = link?.held['userName'];
  const identityType = type === 'user' ? 'User' : 'Group';
  return {
    ...frameRecord({ ...context, recordId }, startedMs),
    provisioningAction: 'other',
    durationInMilliseconds: 0,
    sourceIdentity: { id: id ?? '', displayName: '', identityType, details: {} },
    targetIdentity: {
      id: targetId,
      displayName: typeof userName === 'string' ? redaction.showTarget('userName', userName) : '',
      identityType,
      details: {},
    },
    provisioningStatusInfo: {
      status: 'warning',
      errorInformation: {
        errorCode: code,
        reason,
        additionalDetails: null,
        recommendedAction: advice,
        errorCategory: 'nonServiceFailure',
      },
    },
    provisioningSteps: [
      {
        name: 'EntryReconcile',
        provisioningStepType: 'matching',
        status: 'warning',
        description: `Compared with Zoom: ${kind}.`,
        details: kind === 'missing' ? { InvalidAnchor: 'The linked account no longer exists in Zoom.' } : {},
      },
    ],
    modifiedProperties: differences.map(({ path, wanted, found }) => ({
      displayName: path,
      oldValue: textOf(wanted),
      newValue: textOf(found),
    })),
  };
};

/** The report's rows hold nothing that the log must not show. */
const textOf = (value: JsonValue): string | null =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
