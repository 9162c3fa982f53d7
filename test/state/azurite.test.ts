import { QueueClient } from '@azure/storage-queue';
import { type Azurite, startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { createAzureBlobs } from '../../lib/state/azureBlobs.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createCycleQueue } from '../../lib/state/cycleQueue.js';
import type { StorageConnection } from '../../lib/state/storageConnection.js';
import type { Tables } from '../../lib/state/tables.js';
import { describeCredentials } from './credentialsContract.js';
import { describeDrift } from './driftContract.js';
import { describeJobStore } from './jobStoreContract.js';
import { describeObjectStore } from './objectStoreContract.js';
import { describePreviews } from './previewContract.js';
import { describeRecordLog } from './recordLogContract.js';
import { describeSchemaStore } from './schemaStoreContract.js';
import { describeStores } from './storesContract.js';
import { describeTables } from './tablesContract.js';

let azurite: Azurite;
beforeAll(async () => {
  azurite = await startAzurite({ inMemory: true });
});
afterAll(() => azurite.stop());

const connection = (): StorageConnection => ({
  kind: 'connectionString',
  connectionString: azurite.connectionString,
});
const open = (namePrefix: string) => (): Tables => createAzureTables({ connection: connection(), namePrefix });

describeTables('on Azurite', open('t'));
describeObjectStore('on Azurite', open('o'));
describeStores('on Azurite', open('s'));
describeRecordLog('on Azurite', open('r'));
describeJobStore('on Azurite', open('j'));
describePreviews('on Azurite', open('p'));
describeCredentials('on Azurite', open('c'));
describeDrift('on Azurite', open('d'));
describeSchemaStore('on Azurite', () => createAzureBlobs({ connection: connection(), containerName: 'schemas' }));

describe('cycle queue', () => {
  const read = async (name: string) => {
    const client = new QueueClient(azurite.connectionString, name);
    return (await client.receiveMessages({ numberOfMessages: 32 })).receivedMessageItems;
  };

  test('a message arrives as base64 of JSON and does not expire', async () => {
    const queue = createCycleQueue({ connection: connection() });
    const message = { jobId: 'zoom.t.s', cycleId: 'ç', slice: 2 };
    await Promise.all([queue.send(message, 0), queue.send({ ...message, cycleId: null }, 0)]);
    const items = await read('provisioning-cycles');
    const texts = items.map((item) => JSON.parse(Buffer.from(item.messageText, 'base64').toString('utf8')));
    expect(texts).toHaveLength(2);
    expect(texts).toEqual(expect.arrayContaining([message, { ...message, cycleId: null }]));
    expect(items.every((item) => item.expiresOn.getUTCFullYear() > 2_100)).toBe(true);
  });

  test('a delayed message stays out of sight', async () => {
    await createCycleQueue({ connection: connection(), queueName: 'delayed' }).send(
      { jobId: 'j', cycleId: null, slice: 0 },
      60_000,
    );
    expect(await read('delayed')).toEqual([]);
    const { approximateMessagesCount } = await new QueueClient(azurite.connectionString, 'delayed').getProperties();
    expect(approximateMessagesCount).toBe(1);
  });
});

test('storage that nobody serves is a fault that names the table and may be unknown in its outcome', async () => {
  const nowhere = azurite.connectionString.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:1');
  const tables = createAzureTables({
    connection: { kind: 'connectionString', connectionString: nowhere },
    retry: { maxRetries: 0 },
  });
  await expect(tables.table('T').get('p', 'r')).rejects.toMatchObject({
    fault: { code: 'StateUnavailable', message: expect.stringContaining('Table T') },
  });
  await expect(tables.table('T').transact('p', [{ kind: 'delete', rowKey: 'r' }])).rejects.toMatchObject({
    fault: { code: 'StateUnavailable', outcomeUnknown: true },
  });
});
