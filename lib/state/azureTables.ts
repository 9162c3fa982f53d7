import { odata, TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import { createAzureTable } from './azureTable.js';
import { endpointOf, isInsecure, type StorageConnection } from './storageConnection.js';
import { endOfPrefix, type Table, type Tables } from './tables.js';

export interface AzureTablesOptions {
  readonly connection: StorageConnection;
  /** Put before every table's name, so that several deployments (or tests) share an account. Letters and digits. */
  readonly namePrefix?: string;
}

/** One try; longer than the service's own limit of 30 s would outlive a lease. */
const tryTimeoutMs = 20_000;

const clientOptions = (connection: StorageConnection): TableServiceClientOptions => ({
  retryOptions: { maxRetries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 5_000 },
  allowInsecureConnection: connection.kind === 'connectionString' && isInsecure(connection.connectionString),
  additionalPolicies: [
    {
      position: 'perCall',
      policy: {
        name: 'tryTimeout',
        sendRequest: (request, next) => {
          request.timeout = tryTimeoutMs;
          return next(request);
        },
      },
    },
  ],
});

const openTable = (connection: StorageConnection, name: string): TableClient =>
  connection.kind === 'connectionString'
    ? TableClient.fromConnectionString(connection.connectionString, name, clientOptions(connection))
    : new TableClient(endpointOf(connection, 'table'), name, connection.credential, clientOptions(connection));

const openService = (connection: StorageConnection): TableServiceClient =>
  connection.kind === 'connectionString'
    ? TableServiceClient.fromConnectionString(connection.connectionString, clientOptions(connection))
    : new TableServiceClient(endpointOf(connection, 'table'), connection.credential, clientOptions(connection));

/** Table Storage over @azure/data-tables. Connections are kept alive and shared between the tables. */
export const createAzureTables = ({ connection, namePrefix = '' }: AzureTablesOptions): Tables => {
  const tables = new Map<string, Table>();
  return {
    table: (name) => {
      const table = tables.get(name) ?? createAzureTable(openTable(connection, `${namePrefix}${name}`), name);
      tables.set(name, table);
      return table;
    },
    list: async (prefix) => {
      const from = `${namePrefix}${prefix}`;
      const filter = odata`TableName ge ${from} and TableName lt ${endOfPrefix(from)}`;
      const names: string[] = [];
      for await (const item of openService(connection).listTables({ queryOptions: { filter } })) {
        if (item.name !== undefined) names.push(item.name.slice(namePrefix.length));
      }
      return names.sort();
    },
  };
};
