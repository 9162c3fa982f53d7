/** Graph's `provisioningAction`, `provisioningResult`, `provisioningStatusErrorCategory` and `initiatorType`. */
export const recordActions = ['create', 'update', 'delete', 'stagedDelete', 'disable', 'other'] as const;
export const recordStatuses = ['success', 'warning', 'failure', 'skipped'] as const;
export const recordErrorCategories = ['failure', 'nonServiceFailure', 'success'] as const;
export const recordInitiators = ['user', 'application', 'system'] as const;

/** One provisioning log record: Graph's `provisioningObjectSummary` (entra-provisioning 9.2; enum values of the metadata). */
export interface RecordRow {
  readonly id: string;
  readonly activityDateTime: string;
  readonly tenantId: string;
  readonly jobId: string;
  readonly cycleId: string;
  /** The record's own id: one change, one record. */
  readonly changeId: string;
  readonly provisioningAction: (typeof recordActions)[number];
  readonly durationInMilliseconds: number;
  readonly initiatedBy: {
    readonly id: string;
    readonly displayName: string;
    readonly initiatorType: (typeof recordInitiators)[number];
  };
  readonly servicePrincipal: { readonly id: string; readonly displayName: string };
  readonly sourceSystem: RecordSystem;
  readonly targetSystem: RecordSystem;
  readonly sourceIdentity: RecordIdentity;
  readonly targetIdentity: RecordIdentity;
  readonly provisioningStatusInfo: {
    readonly status: RecordStatus;
    readonly errorInformation: RecordError | null;
  };
  readonly provisioningSteps: readonly RecordStep[];
  readonly modifiedProperties: readonly {
    readonly displayName: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
}

export type RecordStatus = (typeof recordStatuses)[number];

export interface RecordSystem {
  readonly id: string;
  readonly displayName: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface RecordIdentity {
  readonly id: string;
  readonly displayName: string;
  readonly identityType: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface RecordError {
  readonly errorCode: string;
  readonly reason: string;
  readonly additionalDetails: string | null;
  readonly recommendedAction: string | null;
  readonly errorCategory: (typeof recordErrorCategories)[number];
}

export interface RecordStep {
  readonly name: string;
  readonly provisioningStepType: 'import' | 'scoping' | 'matching' | 'processing' | 'referenceResolution' | 'export';
  readonly status: RecordStatus;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}
