import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { startAzurite } from '../../../lib/sandbox/azurite/azurite.js';
import { withAzurite } from './withAzurite.js';

describe('a storage emulator', () => {
  const azurite = withAzurite();

  test('serves tables, queues and blobs by its connection string', async () => {
    const table = TableClient.fromConnectionString(azurite.connectionString(), 'Rows', {
      allowInsecureConnection: true,
    });
    await table.createTable();
    await table.createEntity({ partitionKey: 'a', rowKey: 'b', value: 1 });
    expect((await table.getEntity('a', 'b')).value).toBe(1);

    const queue = QueueServiceClient.fromConnectionString(azurite.connectionString()).getQueueClient('messages');
    await queue.create();
    await queue.sendMessage('hello');
    expect((await queue.peekMessages()).peekedMessageItems.map((item) => item.messageText)).toEqual(['hello']);

    const container = BlobServiceClient.fromConnectionString(azurite.connectionString()).getContainerClient('files');
    await container.create();
    await container.getBlockBlobClient('a').upload('x', 1);
    expect((await container.getBlockBlobClient('a').downloadToBuffer()).toString()).toBe('x');
  });
});

describe('starting one', () => {
  test('keeps the data of a folder from one process to the next', async () => {
    const location = await mkdtemp(path.join(os.tmpdir(), 'azurite-'));
    try {
      const first = await startAzurite({ inMemory: false, location });
      await QueueServiceClient.fromConnectionString(first.connectionString).createQueue('kept');
      await first.stop();
      const second = await startAzurite({ inMemory: false, location, accounts: ['devstoreaccount1', 'other'] });
      expect(await queueNames(second.connectionString)).toEqual(['kept']);
      expect(await queueNames(second.connectionStringOf('other'))).toEqual([]);
      await second.stop();
    } finally {
      await rm(location, { recursive: true, force: true });
    }
  });

  test('a port that is taken is named in the error', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const start = startAzurite({ inMemory: true, ports: { blob: 0, queue: port, table: 0 } });
    await expect(start).rejects.toThrow(new RegExp(`Azurite did not start.*${port}`, 's'));
    await new Promise((resolve) => taken.close(resolve));
  });
});

async function queueNames(connectionString: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const queue of QueueServiceClient.fromConnectionString(connectionString).listQueues())
    names.push(queue.name);
  return names;
}
