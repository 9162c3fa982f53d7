import { rowContended, stateDefect } from './faults.js';
import { packTransactions } from './limits.js';
import { settleAll } from './settle.js';
import type { StoredEntity, Table, Write } from './tables.js';

/**
 * A row that is being changed. `load` takes the row as it stands; `writes` says what to make of it, the row's own write
 * first and nothing to leave it; `saved` takes the version that was written.
 */
export interface Draft {
  readonly rowKey: string;
  load(entity: StoredEntity | null): void;
  writes(): readonly Write[];
  saved(etag: string | null): void;
}

interface Planned {
  readonly draft: Draft;
  readonly writes: readonly Write[];
}

const maxAttempts = 20;

const planAll = (drafts: readonly Draft[], absent: ReadonlySet<string>): readonly Planned[] =>
  drafts
    .map((draft) => ({
      draft,
      writes: draft.writes().filter((write) => !(write.kind === 'delete' && absent.has(write.rowKey))),
    }))
    .filter(({ writes }) => writes.length > 0);

const reload = (table: Table, partitionKey: string, drafts: readonly Draft[]): Promise<unknown> =>
  settleAll(drafts, async (draft) => draft.load(await table.get(partitionKey, draft.rowKey)));

const writePack = async (
  table: Table,
  partitionKey: string,
  pack: readonly Planned[],
  absent: ReadonlySet<string>,
  attempt: number,
): Promise<void> => {
  const writes = pack.flatMap((planned) => planned.writes);
  const result = await table.transact(partitionKey, writes);
  if (result.kind === 'done') {
    let index = 0;
    for (const planned of pack) {
      planned.draft.saved(result.etags[index] ?? null);
      index += planned.writes.length;
    }
    return;
  }
  const lost = writes[result.index];
  if (lost === undefined) throw stateDefect(`Table ${table.name}: a conflict names no write of its transaction.`);
  if (attempt >= maxAttempts) throw rowContended(table.name, lost.rowKey);
  const drafts = pack.map((planned) => planned.draft);
  if (lost.kind === 'delete') {
    // An index row that is gone already is no reason to keep the row from changing.
    await writeDrafts(table, partitionKey, drafts, new Set([...absent, lost.rowKey]), attempt + 1);
    return;
  }
  await reload(table, partitionKey, drafts);
  await writeDrafts(table, partitionKey, drafts, absent, attempt + 1);
};

const writeDrafts = async (
  table: Table,
  partitionKey: string,
  drafts: readonly Draft[],
  absent: ReadonlySet<string>,
  attempt: number,
): Promise<void> => {
  const packs = packTransactions(planAll(drafts, absent), (planned) => planned.writes);
  await settleAll(packs, (pack) => writePack(table, partitionKey, pack, absent, attempt));
};

/**
 * Writes loaded drafts of one partition in transactions. Where somebody was faster, the transaction's rows are read
 * again and planned anew. Throws `FaultError` `StateRowContended` when that does not end.
 */
export const mergeRows = (table: Table, partitionKey: string, drafts: readonly Draft[]): Promise<void> =>
  writeDrafts(table, partitionKey, drafts, new Set(), 1);
