import type { RecordRow } from '../record.js';

/** A call for more people than one answer can wait for: it goes on in the queue, page by page. */
export interface DemandRun {
  /** Also the cycle id of its log records. */
  readonly id: string;
  readonly state: 'running' | 'completed' | 'failed';
  readonly isDryRun: boolean;
  readonly initiatedBy: RecordRow['initiatedBy'];
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** The group whose members are provisioned as the directory lists them; null: the subjects were named. */
  readonly groupId: string | null;
  /** Members: the next page of the list, null for its first. */
  readonly link: string | null;
  /** Pages done, and how many there are; null where the directory's list will tell. */
  readonly page: number;
  readonly pages: number | null;
  /** People, where that is known. */
  readonly total: number | null;
  readonly counts: { readonly success: number; readonly skipped: number; readonly failure: number };
  /** What ended it before its time. */
  readonly faultCode: string | null;
}

export interface StoredRun {
  readonly run: DemandRun;
  readonly etag: string;
}

/** Table `Demands`: calls that go on in the queue, each with the subjects it was given. */
export interface DemandStore {
  /** Pages first, then the run; old runs that have ended go. */
  create(run: DemandRun, pages: readonly (readonly string[])[]): Promise<void>;
  read(id: string): Promise<StoredRun | null>;
  /** The subjects of one page; empty where there is none. */
  readPage(id: string, page: number): Promise<readonly string[]>;
  /** Writes under the version that was read; null when somebody was faster. */
  move(before: StoredRun, run: DemandRun): Promise<StoredRun | null>;
}

/** A message of the on-demand queue: which run to go on with. */
export interface DemandMessage {
  readonly jobId: string;
  readonly demandId: string;
}

export interface DemandQueue {
  send(message: DemandMessage, delayMs: number): Promise<void>;
}
