import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { conflictOf, isTableMissing, statusOf, tableFault } from './azureFailures.js';
import { checkTransaction } from './limits.js';
import type {
  EntityKey,
  EntityPage,
  KeyRange,
  PartitionRange,
  StoredEntity,
  Table,
  TransactionResult,
  Write,
} from './tables.js';

const maxPageRows = 1_000;
const systemProperties = new Set(['partitionKey', 'rowKey', 'etag', 'timestamp']);

/** What the SDK makes of a row; columns of other types than text were not written by us and are left out. */
const toEntity = (result: Readonly<Record<string, unknown>>): StoredEntity => {
  const columns: Record<string, string> = {};
  for (const [name, value] of Object.entries(result)) {
    if (typeof value === 'string' && !systemProperties.has(name) && !name.startsWith('odata')) columns[name] = value;
  }
  return { rowKey: String(result.rowKey), columns, etag: String(result.etag) };
};

/** The SDK's default mode merges, which can never remove a column. */
const toAction = (partitionKey: string, write: Write): TransactionAction => {
  const keys = { partitionKey, rowKey: write.rowKey };
  switch (write.kind) {
    case 'create':
      return ['create', { ...write.columns, ...keys }];
    case 'replace':
      return ['update', { ...write.columns, ...keys }, 'Replace', { etag: write.etag }];
    case 'upsert':
      return ['upsert', { ...write.columns, ...keys }, 'Replace'];
    case 'delete':
      return ['delete', keys];
  }
};

const toFilter = (range: KeyRange): string =>
  [
    odata`PartitionKey eq ${range.partitionKey}`,
    ...(range.from === undefined ? [] : [odata`RowKey ge ${range.from}`]),
    ...(range.after === undefined || range.after === null ? [] : [odata`RowKey gt ${range.after}`]),
    ...(range.before === undefined ? [] : [odata`RowKey lt ${range.before}`]),
  ].join(' and ');

const queryPage = async (client: TableClient, range: KeyRange, limit: number): Promise<EntityPage> => {
  const pages = client
    .listEntities<Record<string, unknown>>({ queryOptions: { filter: toFilter(range) } })
    .byPage({ maxPageSize: Math.min(limit, maxPageRows) });
  for await (const page of pages) {
    const rows = page.map(toEntity);
    const more: unknown = Reflect.get(page, 'continuationToken');
    // The service may end a page early, even an empty one, where it crosses a boundary of its own.
    if (rows.length > 0) return { rows, after: more === undefined ? null : (rows.at(-1)?.rowKey ?? null) };
  }
  return { rows: [], after: null };
};

const listKeys = async (client: TableClient, range: PartitionRange, limit: number): Promise<readonly EntityKey[]> => {
  const filter = odata`PartitionKey ge ${range.from} and PartitionKey lt ${range.before}`;
  const pages = client
    .listEntities({ queryOptions: { filter, select: ['PartitionKey', 'RowKey'] } })
    .byPage({ maxPageSize: Math.min(limit, maxPageRows) });
  for await (const page of pages) {
    if (page.length > 0) {
      return page.map(({ partitionKey, rowKey }) => ({ partitionKey: String(partitionKey), rowKey: String(rowKey) }));
    }
  }
  return [];
};

/** One table; `name` is what we call it, without a deployment's prefix. */
export const createAzureTable = (client: TableClient, name: string): Table => {
  const submit = async (partitionKey: string, writes: readonly Write[]): Promise<TransactionResult> => {
    const response = await client.submitTransaction(writes.map((write) => toAction(partitionKey, write)));
    return { kind: 'done', etags: writes.map((_write, index) => response.subResponses[index]?.etag?.trim() ?? null) };
  };
  const submitOrCreateTable = async (partitionKey: string, writes: readonly Write[]): Promise<TransactionResult> => {
    try {
      return await submit(partitionKey, writes);
    } catch (error) {
      if (!isTableMissing(error)) throw error;
      await client.createTable();
      return submit(partitionKey, writes);
    }
  };
  return {
    name,
    get: async (partitionKey, rowKey) => {
      try {
        return toEntity(await client.getEntity<Record<string, unknown>>(partitionKey, rowKey));
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw tableFault(name, 'read', error);
      }
    },
    query: async (range, limit) => {
      try {
        return await queryPage(client, range, limit);
      } catch (error) {
        if (isTableMissing(error)) return { rows: [], after: null };
        throw tableFault(name, 'query', error);
      }
    },
    listKeys: async (range, limit) => {
      try {
        return await listKeys(client, range, limit);
      } catch (error) {
        if (isTableMissing(error)) return [];
        throw tableFault(name, 'query', error);
      }
    },
    transact: async (partitionKey, writes) => {
      checkTransaction(name, partitionKey, writes);
      try {
        return await submitOrCreateTable(partitionKey, writes);
      } catch (error) {
        const conflict = conflictOf(error);
        if (conflict !== null) return conflict;
        throw tableFault(name, 'write', error);
      }
    },
    remove: async (partitionKey, rowKey, etag) => {
      try {
        await client.deleteEntity(partitionKey, rowKey, { etag });
        return 'done';
      } catch (error) {
        if (statusOf(error) === 404) return 'missing';
        if (statusOf(error) === 412) return 'stale';
        throw tableFault(name, 'write', error);
      }
    },
  };
};
