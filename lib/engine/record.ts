/** One provisioning log record: Graph's `provisioningObjectSummary` (entra-provisioning 9.2; enum values of the metadata). */
export interface RecordRow {
  readonly id: string;
  readonly activityDateTime: string;
  readonly tenantId: string;
  readonly jobId: string;
  readonly cycleId: string;
  readonly changeId: string;
  readonly provisioningAction: 'create' | 'update' | 'delete' | 'stagedDelete' | 'disable' | 'other';
  readonly durationInMilliseconds: number;
  readonly initiatedBy: { readonly id: string; readonly displayName: string; readonly initiatorType: string };
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

export type RecordStatus = 'success' | 'warning' | 'failure' | 'skipped';

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
  readonly errorCategory: 'failure' | 'nonServiceFailure' | 'success';
}

export interface RecordStep {
  readonly name: string;
  readonly provisioningStepType: 'import' | 'scoping' | 'matching' | 'processing' | 'referenceResolution' | 'export';
  readonly status: RecordStatus;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}
