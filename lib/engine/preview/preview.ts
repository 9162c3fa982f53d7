import type { CycleKind } from '../control.js';
import type { Fault } from '../model.js';
import type { EngineSettings } from '../settings.js';

/** What would be done, in the order of the report; `hold`: a removal that the deletion guard would keep for a person. */
export const previewActions = [
  'create',
  'adopt',
  'update',
  'enable',
  'disable',
  'delete',
  'hold',
  'fail',
  'skip',
] as const;
export type PreviewAction = (typeof previewActions)[number];

/** What a report lists unless it is asked for more: all that would be sent to Zoom or held. */
export const isListed = (action: PreviewAction): boolean => action !== 'skip' && action !== 'fail';

/** What the next cycle would come to for one object. */
export interface PreviewOperation {
  readonly id: string;
  readonly action: PreviewAction;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly userPrincipalName: string | null;
  /** Null for an account that is not there yet. */
  readonly targetId: string | null;
  /** The code of a skip or a failure. */
  readonly code: string | null;
  /** The gates that decided, with the values they saw; of a skip or a failure what it says itself. */
  readonly reason: string;
  readonly modifiedProperties: readonly {
    readonly displayName: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
}

/** Settings that a preview may be given before anybody saves them; they go before the job's and the deployment's. */
export type PreviewSettings = Partial<
  Pick<
    EngineSettings,
    | 'scopeMode'
    | 'removalPolicy'
    | 'skipOutOfScopeDeletions'
    | 'deletionThreshold'
    | 'deletionThresholdPercent'
    | 'deletionThresholdDaily'
  >
>;

/** What a preview came to. */
export interface PreviewReport {
  readonly kind: CycleKind;
  readonly counts: Readonly<Record<PreviewAction, number>>;
  readonly skips: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly graphRequests: number;
  readonly zoomRequests: number;
  /** A list or stream could not be read to its end: what hangs on it is missing. */
  readonly isIncomplete: boolean;
  /** What the cycle would end with, or what kept the preview from its end. */
  readonly fault: Fault | null;
}

/** The one preview of a job that is kept. */
export interface Preview {
  readonly previewId: string;
  readonly state: 'running' | 'completed' | 'failed';
  /** What was asked for; the report says what it came to be. */
  readonly kind: CycleKind;
  readonly settings: PreviewSettings;
  /** The schema came with the request and is not saved. */
  readonly isDraftSchema: boolean;
  readonly requestedAt: string;
  /** When a slice last began; a running preview that stands still for long may be replaced. */
  readonly movedAt: string;
  readonly endedAt: string | null;
  /** From then on it is removed. */
  readonly expiresAt: string;
  /** The job's control rows are copied. */
  readonly isPrepared: boolean;
  readonly report: PreviewReport | null;
}

/** A message of the cycles queue that runs the next slice of a preview, or removes what is no longer needed of it. */
export interface PreviewMessage {
  readonly kind: 'preview';
  readonly jobId: string;
  readonly previewId: string;
  /** 0 where there is only something to remove. */
  readonly slice: number;
}

export interface PreviewQueue {
  send(message: PreviewMessage, delayMs: number): Promise<void>;
}
