import { odata, TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import { isTableMissing, tableFault } from './azureFailures.js';
import { createAzureTable } from './azureTable.js';
import { endpointOf, isInsecure, type StorageConnection } from './storageConnection.js';
import { endOfPrefix, type Table, type Tables } from './tables.js';

export interface AzureTablesOptions {
  readonly connection: StorageConnection;
  /** Put before every table's name, so that several deployments (or tests) share an account. Letters and digits. */
  readonly namePrefix?: string;
  /** How often and how patiently the SDK repeats what failed. */
  readonly retry?: NonNullable<TableServiceClientOptions['retryOptions']>;
}

const patience = { maxRetries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 5_000 };

/** Waiting out the service's own limit of 30 s would outlive a lease. */
const tryTimeoutMs = 20_000;

/** Ends a try that takes too long. The SDK's own `timeout` leaves its timer behind when a connection fails. */
const endLongTry: NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'] = {
  name: 'endLongTry',
  sendRequest: async (request, next) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), tryTimeoutMs);
    request.abortSignal = controller.signal;
    try {
      return await next(request);
    } finally {
      clearTimeout(timer);
    }
  },
};

const clientOptions = ({ connection, retry }: AzureTablesOptions): TableServiceClientOptions => ({
  retryOptions: { ...patience, ...retry },
  allowInsecureConnection: connection.kind === 'connectionString' && isInsecure(connection.connectionString),
  additionalPolicies: [{ position: 'perRetry', policy: endLongTry }],
});

const openTable = (options: AzureTablesOptions, name: string): TableClient => {
  const { connection } = options;
  return connection.kind === 'connectionString'
    ? TableClient.fromConnectionString(connection.connectionString, name, clientOptions(options))
    : new TableClient(endpointOf(connection, 'table'), name, connection.credential, clientOptions(options));
};

const openService = (options: AzureTablesOptions): TableServiceClient => {
  const { connection } = options;
  return connection.kind === 'connectionString'
    ? TableServiceClient.fromConnectionString(connection.connectionString, clientOptions(options))
    : new TableServiceClient(endpointOf(connection, 'table'), connection.credential, clientOptions(options));
};

/** Table Storage over @azure/data-tables. Connections are kept alive and shared between the tables. */
export const createAzureTables = (options: AzureTablesOptions): Tables => {
  const { namePrefix = '' } = options;
  const tables = new Map<string, Table>();
  return {
    table: (name) => {
      const table = tables.get(name) ?? createAzureTable(openTable(options, `${namePrefix}${name}`), name);
      tables.set(name, table);
      return table;
    },
    list: async (prefix) => {
      const from = `${namePrefix}${prefix}`;
      const filter = odata`TableName ge ${from} and TableName lt ${endOfPrefix(from)}`;
      const names: string[] = [];
      for await (const item of openService(options).listTables({ queryOptions: { filter } })) {
        if (item.name !== undefined) names.push(item.name.slice(namePrefix.length));
      }
      return names.sort();
    },
    drop: async (name) => {
      try {
        await openTable(options, `${namePrefix}${name}`).deleteTable();
      } catch (error) {
        if (!isTableMissing(error)) throw tableFault(name, 'drop', error);
      }
    },
  };
};
