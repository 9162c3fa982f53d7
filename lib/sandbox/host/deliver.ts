import type { Clock } from '../../clock.js';
import type { TypedData } from './coreTypes.js';
import type { QueueOptions } from './hostJson.js';
import type { InvocationInput, Invoker } from './invoke.js';
import type { HostLog } from './log.js';
import { type MessageQueue, poisonSuffix, type QueueMessage } from './messageQueue.js';
import type { HostedFunction, QueueTrigger } from './triggers.js';

/** A message is hidden for ten minutes while its function runs, renewed at half time (Azure WebJobs SDK). */
export const messageVisibilityMs = 600_000;

export interface DeliverParts {
  readonly hosted: HostedFunction<QueueTrigger>;
  readonly queue: MessageQueue;
  readonly options: QueueOptions;
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: HostLog;
}

/**
 * Runs the function with the message and settles it: removed after success; after a failure visible again later, or
 * in the poison queue once `maxDequeueCount` is reached. Never rejects: what could not be settled comes back by
 * itself when its visibility time-out ends.
 */
export async function deliver(parts: DeliverParts, received: QueueMessage): Promise<void> {
  const { queue, options, log, hosted } = parts;
  try {
    if (received.dequeueCount > options.maxDequeueCount) {
      await moveToPoison(parts, received);
      return;
    }
    const body = decodeBody(received.text, options.messageEncoding);
    if (body === null) {
      warn(parts, `message ${received.id} is not ${options.messageEncoding} text`);
      await moveToPoison(parts, received);
      return;
    }
    const { succeeded, message } = await runWhileHidden(parts, received, body);
    if (succeeded) await queue.remove(message);
    else await settleFailure(parts, message);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `message ${received.id} of ${queue.name} could not be settled and comes back later: ${why}`;
    log({ level: 'warning', category: 'Host.Triggers.Queue', functionName: hosted.name, message });
  }
}

async function settleFailure(parts: DeliverParts, message: QueueMessage): Promise<void> {
  const { queue, options } = parts;
  if (message.dequeueCount >= options.maxDequeueCount) await moveToPoison(parts, message);
  else if (!queue.name.endsWith(poisonSuffix)) await queue.hide(message, options.retryVisibilityMs);
}

/** A message of a poison queue has nowhere to go: it stays hidden until its time is over, and is not lost. */
async function moveToPoison(parts: DeliverParts, message: QueueMessage): Promise<void> {
  const { queue } = parts;
  if (queue.name.endsWith(poisonSuffix)) return;
  warn(
    parts,
    `message ${message.id} has reached dequeue count ${message.dequeueCount}: moved to ${queue.name}${poisonSuffix}`,
  );
  await queue.sendToPoison(message.text);
  await queue.remove(message);
}

function warn({ log, hosted }: DeliverParts, message: string): void {
  log({ level: 'warning', category: 'Host.Triggers.Queue', functionName: hosted.name, message });
}

/** Runs the function; meanwhile renews the message's visibility, whose receipt changes with it. */
async function runWhileHidden(
  parts: DeliverParts,
  received: QueueMessage,
  body: string,
): Promise<{ readonly succeeded: boolean; readonly message: QueueMessage }> {
  const { hosted, invoker } = parts;
  const ended = new AbortController();
  let message = received;
  const renewal = renewUntilEnded(parts, ended.signal, async () => {
    message = { ...message, popReceipt: await parts.queue.hide(message, messageVisibilityMs) };
  });
  try {
    await invoker.invoke(hosted, toQueueInput(received, body));
    return { succeeded: true, message: await afterRenewal() };
  } catch {
    return { succeeded: false, message: await afterRenewal() };
  }

  async function afterRenewal(): Promise<QueueMessage> {
    ended.abort();
    await renewal;
    return message;
  }
}

async function renewUntilEnded(parts: DeliverParts, ended: AbortSignal, renew: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await parts.clock.sleep(messageVisibilityMs / 2, ended);
      if (ended.aborted) return;
      await renew();
    } catch (error) {
      if (ended.aborted) return;
      warn(parts, `a message's visibility could not be renewed: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** The text inside the encoding; null where it does not hold. */
export function decodeBody(text: string, encoding: QueueOptions['messageEncoding']): string | null {
  if (encoding === 'none') return text;
  const trimmed = text.trim();
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(trimmed) || trimmed.length % 4 !== 0) return null;
  return Buffer.from(trimmed, 'base64').toString('utf8');
}

/** The message as the real host hands it to the worker; the library parses JSON and spells names in camel case. */
export function toQueueInput(message: QueueMessage, body: string): InvocationInput {
  const asJson = (value: unknown): TypedData => ({ json: JSON.stringify(value) });
  return {
    data: { string: body },
    reason: `New queue message ${message.id}`,
    triggerMetadata: {
      QueueTrigger: { string: body },
      Id: { string: message.id },
      PopReceipt: { string: message.popReceipt },
      DequeueCount: asJson(message.dequeueCount),
      InsertionTime: asJson(message.insertedOn),
      ExpirationTime: asJson(message.expiresOn),
      NextVisibleTime: asJson(message.nextVisibleOn),
    },
  };
}
