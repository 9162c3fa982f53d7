import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { z } from 'zod';
import { HostError } from './hostError.js';
import { type MessageQueue, poisonSuffix, type QueueMessage } from './messageQueue.js';
import type { Settings } from './settings.js';
import { openCredential, readStorageConnection } from './storageConnection.js';

/** The queue service of the account that the connection names. Throws `SettingMissing`. */
export function openQueueService(connection: string | undefined, settings: Settings): QueueServiceClient {
  const account = readStorageConnection(connection, settings, 'queue');
  return account.kind === 'connectionString'
    ? QueueServiceClient.fromConnectionString(account.connectionString)
    : new QueueServiceClient(account.serviceUri, openCredential(account.name, settings));
}

/** A storage queue behind the trigger's interface. */
export function createStorageQueue(service: QueueServiceClient, name: string): MessageQueue {
  const queue = service.getQueueClient(name);
  return {
    name,
    receive: (count, visibilityMs) => receive(queue, count, visibilityMs),
    async hide({ id, popReceipt }, visibilityMs) {
      const answer = await queue.updateMessage(id, popReceipt, undefined, toSeconds(visibilityMs));
      return answer.popReceipt ?? popReceipt;
    },
    async remove({ id, popReceipt }) {
      await queue.deleteMessage(id, popReceipt);
    },
    async sendToPoison(text) {
      const poison = service.getQueueClient(`${name}${poisonSuffix}`);
      await poison.createIfNotExists();
      await poison.sendMessage(text, { messageTimeToLive: -1 });
    },
  };
}

const toSeconds = (spanMs: number): number => Math.ceil(spanMs / 1000);

const restErrorShape = z.object({ statusCode: z.number() });

async function receive(queue: QueueClient, count: number, visibilityMs: number): Promise<readonly QueueMessage[]> {
  try {
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: count,
      visibilityTimeout: toSeconds(visibilityMs),
    });
    return receivedMessageItems.map((item) => ({
      id: item.messageId,
      popReceipt: item.popReceipt,
      text: item.messageText,
      dequeueCount: item.dequeueCount,
      insertedOn: item.insertedOn,
      expiresOn: item.expiresOn,
      nextVisibleOn: item.nextVisibleOn,
    }));
  } catch (error) {
    if (restErrorShape.safeParse(error).data?.statusCode === 404) return [];
    throw error;
  }
}

/** Throws `SettingInvalid` for a name that a storage account refuses. */
export function checkQueueName(name: string, functionName: string): string {
  if (/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) return name;
  throw new HostError(
    'TriggerInvalid',
    `Function ${functionName}, queueName "${name}": expected 3 to 63 lower-case letters, digits and single hyphens.`,
  );
}
