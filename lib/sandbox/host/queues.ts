import { randomUUID } from 'node:crypto';
import type { QueueServiceClient } from '@azure/storage-queue';
import type { Clock } from '../../clock.js';
import { messageVisibilityMs, toQueueInput } from './deliver.js';
import type { QueueOptions } from './hostJson.js';
import type { InvocationInput, Invoker } from './invoke.js';
import type { HostLog } from './log.js';
import { createQueueListener, type QueueListener } from './queueListener.js';
import { expandSettings, type Settings } from './settings.js';
import { checkQueueName, createStorageQueue, openQueueService } from './storageQueue.js';
import type { HostedFunction, QueueTrigger } from './triggers.js';

export interface QueueParts {
  readonly options: QueueOptions;
  readonly settings: Settings;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: HostLog;
  readonly random: () => number;
}

/** One listener for each queue function; functions of one connection share its client. */
export function openQueueListeners(
  functions: readonly HostedFunction<QueueTrigger>[],
  { settings, random, ...parts }: QueueParts,
): readonly QueueListener[] {
  const services = new Map<string, QueueServiceClient>();
  const listeners: QueueListener[] = [];
  for (const hosted of functions) {
    const { connection, queueName } = hosted.trigger;
    const service = services.get(connection ?? '') ?? openQueueService(connection, settings);
    services.set(connection ?? '', service);
    const name = checkQueueName(expandSettings(queueName, settings, `Function ${hosted.name}, queueName`), hosted.name);
    listeners.push(createQueueListener({ ...parts, hosted, queue: createStorageQueue(service, name) }, random));
  }
  return listeners;
}

/** What a queue function gets when it is run without a queue. A string stays as it is, anything else becomes JSON. */
export function sampleMessage(message: unknown, dequeueCount: number, nowMs: number): InvocationInput {
  const body = typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
  const week = 7 * 86_400_000;
  return toQueueInput(
    {
      id: randomUUID(),
      popReceipt: '',
      text: body,
      dequeueCount,
      insertedOn: new Date(nowMs),
      expiresOn: new Date(nowMs + week),
      nextVisibleOn: new Date(nowMs + messageVisibilityMs),
    },
    body,
  );
}
