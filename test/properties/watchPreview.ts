import { tableNames } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';
import { hookWrites } from '../../lib/state/wrapTables.js';
import type { Surroundings } from '../fakes/surroundings.js';

/** Sees whatever is written while a preview runs: rows of the job, accounts, messages, notices. */
export interface PreviewWatch {
  readonly tables: Tables;
  readonly wrongs: readonly string[];
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

export const watchPreview = ({ tables, zoom, queue, notices }: Surroundings): PreviewWatch => {
  let isPreviewing = false;
  const wrongs: string[] = [];
  return {
    wrongs,
    tables: hookWrites(tables, {
      beforeWrite: ({ table }) => {
        if (isPreviewing && table !== tableNames.preview) wrongs.push(`the preview wrote to table ${table}`);
      },
    }),
    async during(work) {
      const before = JSON.stringify([...zoom.state().accounts]);
      const sequence = zoom.journal.lastSequence;
      const told = notices.length;
      isPreviewing = true;
      try {
        return await work();
      } finally {
        isPreviewing = false;
        const writes = zoom.journal
          .since(sequence)
          .filter(({ method, operation }) => method !== 'GET' && !operation.startsWith('oauth.'));
        wrongs.push(...writes.map(({ method, operation }) => `the preview sent ${method} ${operation}`));
        if (JSON.stringify([...zoom.state().accounts]) !== before) wrongs.push('the preview changed an account');
        if (queue.length > 0) wrongs.push('the preview left a message for the cycle');
        if (notices.length > told) wrongs.push('the preview told somebody');
      }
    },
  };
};
