import { type DeliverParts, deliver, messageVisibilityMs } from './deliver.js';
import type { QueueMessage } from './messageQueue.js';
import { createPollBackoff } from './pollBackoff.js';

export interface QueueListener {
  /**
   * Polls and delivers until `signal` aborts, then gives back what it took and had not begun, and resolves when the
   * deliveries under way have ended. Never rejects.
   */
  listen(signal: AbortSignal): Promise<void>;
  /** Delivers what is visible now, batch after batch, until nothing is; answers how many messages that were. Throws where the queue cannot be read. */
  drain(): Promise<number>;
}

/** Takes messages as the Functions queue trigger does: a batch, and the next one once few enough are running. */
export function createQueueListener(parts: DeliverParts, random: () => number): QueueListener {
  const { queue, options, clock, log, hosted } = parts;
  const running = new Set<Promise<void>>();

  function begin(message: QueueMessage): void {
    const delivery = deliver(parts, message).finally(() => running.delete(delivery));
    running.add(delivery);
  }

  async function waitForRoom(): Promise<void> {
    while (running.size > options.newBatchThreshold) await Promise.race(running);
  }

  async function receive(): Promise<readonly QueueMessage[]> {
    try {
      return await queue.receive(options.batchSize, messageVisibilityMs);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `queue ${queue.name} could not be read and is polled again: ${why}`;
      log({ level: 'warning', category: 'Host.Triggers.Queue', functionName: hosted.name, message });
      return [];
    }
  }

  /** Taken while the host was told to stop: visible again at once, rather than in ten minutes. */
  async function giveBack(messages: readonly QueueMessage[]): Promise<void> {
    const outcomes = await Promise.allSettled(messages.map((message) => queue.hide(message, 0)));
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected').length;
    if (failed === 0) return;
    const message = `${failed} messages of ${queue.name} could not be given back: they come back in ten minutes`;
    log({ level: 'warning', category: 'Host.Triggers.Queue', functionName: hosted.name, message });
  }

  return {
    async listen(signal) {
      const backoff = createPollBackoff(options.maxPollingIntervalMs, random);
      while (!signal.aborted) {
        const messages = await receive();
        if (signal.aborted) {
          await giveBack(messages);
          break;
        }
        for (const message of messages) begin(message);
        const delayMs = backoff.nextDelayMs(messages.length > 0);
        if (messages.length > 0) await waitForRoom();
        else await sleepQuietly(clock.sleep(delayMs, signal), signal);
      }
      await Promise.all(running);
    },
    async drain() {
      let delivered = 0;
      for (;;) {
        const messages = await queue.receive(options.batchSize, messageVisibilityMs);
        if (messages.length === 0 && running.size === 0) return delivered;
        for (const message of messages) begin(message);
        delivered += messages.length;
        await Promise.all(running);
      }
    },
  };
}

async function sleepQuietly(sleep: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await sleep;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
