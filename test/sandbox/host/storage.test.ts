import { QueueServiceClient } from '@azure/storage-queue';
import { createBlobMonitor } from '../../../lib/sandbox/host/blobMonitor.js';
import { createStorageQueue } from '../../../lib/sandbox/host/storageQueue.js';
import { withAzurite } from '../azurite/withAzurite.js';
import { startFixture, stopFixtures } from './startFixture.js';

const azurite = withAzurite();
const service = () => QueueServiceClient.fromConnectionString(azurite.connectionString());
const encode = (text: string) => Buffer.from(text).toString('base64');

describe('a storage queue', () => {
  test('that does not exist has no messages', async () => {
    expect(await createStorageQueue(service(), 'missing').receive(1, 1000)).toEqual([]);
  });

  test('keeps the text of a message that is hidden and shown again', async () => {
    const client = service().getQueueClient('hiding');
    await client.create();
    await client.sendMessage(encode('hello'));
    const queue = createStorageQueue(service(), 'hiding');
    const [first] = await queue.receive(1, 60_000);
    if (first === undefined) throw new Error('expected a message');
    expect(await queue.receive(1, 60_000)).toEqual([]);
    const popReceipt = await queue.hide(first, 60_000);
    expect(popReceipt).not.toBe(first.popReceipt);
    await queue.hide({ ...first, popReceipt }, 0);
    const [second] = await queue.receive(1, 60_000);
    expect(second).toMatchObject({ id: first.id, text: encode('hello'), dequeueCount: 2 });
  });

  test('has a poison queue that is made when it is needed, whose messages do not expire', async () => {
    const queue = createStorageQueue(service(), 'fresh');
    await queue.sendToPoison(encode('bad'));
    const { receivedMessageItems } = await service().getQueueClient('fresh-poison').receiveMessages();
    expect(receivedMessageItems.map((item) => item.messageText)).toEqual([encode('bad')]);
    expect(receivedMessageItems[0]?.expiresOn.getUTCFullYear()).toBe(9999);
  });
});

describe('an app with a queue', () => {
  afterEach(stopFixtures);

  test('is given its messages by drain, and a refused one comes back until it is poison', async () => {
    const { host, saw } = await startFixture({
      FixtureStorage: azurite.connectionString(),
      AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:00',
      AzureFunctionsJobHost__extensions__queues__maxDequeueCount: '3',
    });
    const client = service().getQueueClient('work-items');
    await client.create();
    await client.sendMessage(encode('{"jobId":"a"}'));
    await client.sendMessage(encode('refuse'));
    expect(await host.drain()).toBe(4);
    expect(saw('work')).toEqual([
      { message: { jobId: 'a' }, metadata: expect.objectContaining({ dequeueCount: 1, id: expect.any(String) }) },
      ...[1, 2, 3].map((dequeueCount) => ({ message: 'refuse', metadata: expect.objectContaining({ dequeueCount }) })),
    ]);
    const poison = await service().getQueueClient('work-items-poison').peekMessages();
    expect(poison.peekedMessageItems.map((item) => item.messageText)).toEqual([encode('refuse')]);
    expect((await client.getProperties()).approximateMessagesCount).toBe(0);
  });
});

describe('the status of timers in storage', () => {
  test('is found again by another host, and is none before the first write', async () => {
    const settings = { AzureWebJobsStorage: azurite.connectionString() };
    const status = { lastMs: null, nextMs: Date.UTC(2026, 10, 23), lastUpdatedMs: 5 };
    expect(await createBlobMonitor('host', settings).read('tick')).toBeNull();
    await createBlobMonitor('host', settings).write('tick', status);
    expect(await createBlobMonitor('host', settings).read('tick')).toEqual(status);
    expect(await createBlobMonitor('other', settings).read('tick')).toBeNull();
  });
});
