import type { TargetAccount } from '../model.js';
import type { RowPage, State } from '../state.js';
import type { Preview, PreviewAction, PreviewOperation } from './preview.js';

/** An account as the target would hold it after the writes of the preview. */
export type PretendAccount =
  | { readonly kind: 'held'; readonly account: TargetAccount }
  | { readonly kind: 'deleted'; readonly id: string };

/** A value that an account can be searched by. */
export interface SearchKey {
  readonly path: string;
  readonly value: string;
}

/** Accounts that the preview pretends to have written. */
export interface PretendAccounts {
  /** Null: nothing was written to it. */
  read(id: string): Promise<PretendAccount | null>;
  put(account: PretendAccount, keys: readonly SearchKey[]): Promise<void>;
  /** Whatever was once put under this key; it may hold another value by now. */
  find(key: SearchKey): Promise<readonly PretendAccount[]>;
}

/** What one running preview writes to. Nothing of it is a row of the job. */
export interface PreviewDesk {
  /** Reads what the preview wrote, else the job's rows. Log records become operations. */
  readonly state: State;
  readonly accounts: PretendAccounts;
  /**
   * Copies the job's control rows as they are now: switched on, without lease or cycle, and with a request for the
   * preview. Rows that were copied before stay. The kind is never weaker than what waits or runs, and what the preview
   * was given stands in place of the job's own settings.
   */
  prepare(preview: Pick<Preview, 'kind' | 'requestedAt' | 'settings'>): Promise<void>;
}

export type BeginResult =
  | { readonly kind: 'begun' }
  /** That one runs. */
  | { readonly kind: 'running'; readonly previewId: string };

/** Table `Preview`: the kept preview of one job, its operations, and while it runs all that it writes. */
export interface PreviewStore {
  read(): Promise<Preview | null>;
  /** Puts a new preview in the place of the one before; not where that one runs and has moved since `stillSince`. */
  begin(preview: Preview, schemaText: string, stillSince: string): Promise<BeginResult>;
  /** Changes the preview under its version; null where it is no longer the one that is kept. */
  update(previewId: string, change: (preview: Preview) => Preview): Promise<Preview | null>;
  /** Gives up the preview; its other rows are still there. */
  forget(previewId: string): Promise<void>;
  /** The schema that the preview was begun with. */
  readSchema(previewId: string): Promise<string | null>;
  open(previewId: string): PreviewDesk;
  /** By action, then in the order in which they came. Without an action: all that would be sent or held. */
  listOperations(
    previewId: string,
    action: PreviewAction | 'all' | null,
    cursor: string | null,
    limit: number,
  ): Promise<RowPage<PreviewOperation>>;
  /** Removes a page of rows: those that only a running preview needs, or all. True: there are more. */
  removePage(previewId: string, which: 'workings' | 'all'): Promise<boolean>;
}
