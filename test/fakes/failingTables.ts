import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';

/** What a write to this table ends as: refused, or carried out without an answer; null is well. */
type Failure = (table: string) => 'refused' | 'unanswered' | null;

/** Storage whose writes fail where a test says so, until it says otherwise. */
export interface FailingTables {
  readonly tables: Tables;
  failWhere(failure: Failure): void;
  heal(): void;
}

const isWell: Failure = () => null;

export const createFailingTables = (): FailingTables => {
  const inner = createMemoryTables();
  let failureOf = isWell;
  return {
    failWhere: (failure) => {
      failureOf = failure;
    },
    heal: () => {
      failureOf = isWell;
    },
    tables: {
      list: (prefix) => inner.list(prefix),
      drop: (name) => inner.drop(name),
      table: (name) => {
        const table = inner.table(name);
        return {
          ...table,
          transact: async (partitionKey, writes) => {
            const failure = failureOf(name);
            if (failure === null) return table.transact(partitionKey, writes);
            if (failure === 'unanswered') await table.transact(partitionKey, writes);
            throw new Error(`a write to ${name} failed`);
          },
        };
      },
    },
  };
};
