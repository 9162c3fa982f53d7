import { QueueClient } from '@azure/storage-queue';
import type { DemandQueue } from '../engine/onDemand/demandRun.js';
import type { PreviewQueue } from '../engine/preview/preview.js';
import type { CycleQueue } from '../engine/state.js';
import { stateUnavailable } from './faults.js';
import { endpointOf, type StorageConnection } from './storageConnection.js';

export interface CycleQueueOptions {
  readonly connection: StorageConnection;
  readonly queueName?: string;
}

/** Slices of cycles and of previews. */
const cyclesQueueName = 'provisioning-cycles';

/** A message may stay invisible for seven days at most (Azure, Put Message). */
const maxDelaySeconds = 7 * 24 * 3_600;

const openQueue = (connection: StorageConnection, name: string): QueueClient =>
  connection.kind === 'connectionString'
    ? new QueueClient(connection.connectionString, name)
    : new QueueClient(`${endpointOf(connection, 'queue')}/${name}`, connection.credential);

/** The queue of slices to run. */
export const createCycleQueue = ({ connection, queueName = cyclesQueueName }: CycleQueueOptions): CycleQueue =>
  createQueue(connection, queueName);

/** Messages of previews, on the queue of the cycles: one worker takes them in turn. */
export const createPreviewQueue = ({ connection }: Pick<CycleQueueOptions, 'connection'>): PreviewQueue =>
  createQueue(connection, cyclesQueueName);

/** The queue of on-demand calls that go on after their answer; one of its own, so that no slice keeps them waiting. */
export const createDemandQueue = ({ connection }: Pick<CycleQueueOptions, 'connection'>): DemandQueue =>
  createQueue(connection, 'provisioning-demands');

/** Messages are base64 of JSON, as the Functions host reads them, without expiry. The first one makes the queue. */
const createQueue = (
  connection: StorageConnection,
  queueName: string,
): { send(message: object, delayMs: number): Promise<void> } => {
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
    send: async (message, delayMs) => {
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
