import type { ObjectDraft } from './objectDraft.js';
import { settleAll } from './settle.js';
import type { Table } from './tables.js';

export interface FirstRead {
  /** Loads the drafts of one partition that need it before they can be written. */
  read(table: Table, partitionKey: string, drafts: readonly ObjectDraft[]): Promise<void>;
  /** Tells, after they were written, what the drafts turned out to be. */
  learn(drafts: readonly ObjectDraft[]): void;
}

/** Below this many rows of a partition a wrong guess costs more than reading them. */
const worthGuessing = 4;

/**
 * Reads the rows that nobody gave, unless the last ones turned out not to exist: while a job first meets its users,
 * they are written as new, and read only where that meets a row. A change that makes nothing of a new row is always
 * given the row itself.
 */
export const createFirstRead = (): FirstRead => {
  let expectNew = false;
  return {
    read: async (table, partitionKey, drafts) => {
      const unknown = drafts.filter((draft) => draft.needsRead);
      const guessing = expectNew && unknown.length >= worthGuessing;
      const toRead = guessing ? unknown.filter((draft) => draft.writes().length === 0) : unknown;
      await settleAll(toRead, async (draft) => draft.load(await table.get(partitionKey, draft.rowKey)));
    },
    learn: (drafts) => {
      const unknown = drafts.filter((draft) => draft.needsRead);
      if (unknown.length > 0) expectNew = !unknown.some((draft) => draft.wasFound());
    },
  };
};
