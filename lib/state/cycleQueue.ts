import { QueueClient } from '@azure/storage-queue';
import type { PreviewMessage, PreviewQueue } from '../engine/preview/preview.js';
import type { CycleQueue, SliceMessage } from '../engine/state.js';
import { stateUnavailable } from './faults.js';
import { endpointOf, type StorageConnection } from './storageConnection.js';

export interface CycleQueueOptions {
  readonly connection: StorageConnection;
  readonly queueName?: string;
}

/** A message may stay invisible for seven days at most (Azure, Put Message). */
const maxDelaySeconds = 7 * 24 * 3_600;

const openQueue = (connection: StorageConnection, name: string): QueueClient =>
  connection.kind === 'connectionString'
    ? new QueueClient(connection.connectionString, name)
    : new QueueClient(`${endpointOf(connection, 'queue')}/${name}`, connection.credential);

/**
 * The queue of slices to run: base64 of JSON, as the Functions host reads it, without expiry. The queue is made with
 * the first message.
 */
export const createCycleQueue = (options: CycleQueueOptions): CycleQueue => createQueue<SliceMessage>(options);

/** Messages of previews, on the queue of the cycles: one worker takes them in turn. */
export const createPreviewQueue = (options: CycleQueueOptions): PreviewQueue => createQueue<PreviewMessage>(options);

const createQueue = <Message>({ connection, queueName = 'provisioning-cycles' }: CycleQueueOptions) => {
  const client = openQueue(connection, queueName);
  let created: Promise<unknown> | null = null;
  const ensureQueue = async (): Promise<void> => {
    created ??= client.createIfNotExists();
    try {
      await created;
    } catch (error) {
      created = null;
      throw error;
    }
  };
  return {
    send: async (message: Message, delayMs: number): Promise<void> => {
      const visibilityTimeout = Math.min(Math.max(0, Math.ceil(delayMs / 1_000)), maxDelaySeconds);
      try {
        await ensureQueue();
        const text = Buffer.from(JSON.stringify(message)).toString('base64');
        await client.sendMessage(text, { visibilityTimeout, messageTimeToLive: -1 });
      } catch (error) {
        throw stateUnavailable(`Queue ${queueName}: the message could not be sent.`, error, true);
      }
    },
  };
};
