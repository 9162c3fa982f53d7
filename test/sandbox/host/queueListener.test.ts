import { decodeBody } from '../../../lib/sandbox/host/deliver.js';
import type { QueueOptions } from '../../../lib/sandbox/host/hostJson.js';
import type { LogLine } from '../../../lib/sandbox/host/log.js';
import type { MessageQueue, QueueMessage } from '../../../lib/sandbox/host/messageQueue.js';
import { createPollBackoff } from '../../../lib/sandbox/host/pollBackoff.js';
import { createQueueListener } from '../../../lib/sandbox/host/queueListener.js';
import type { HostedFunction, QueueTrigger } from '../../../lib/sandbox/host/triggers.js';
import { createHeldClock } from '../../fakes/heldClock.js';
import { createStandInInvoker, settled } from './standInInvoker.js';

const hosted: HostedFunction<QueueTrigger> = {
  name: 'work',
  bindingName: 'message',
  trigger: { type: 'queueTrigger', queueName: 'work-items' },
  metadata: { name: 'work', bindings: {} },
  callback: () => undefined,
};
const oneAtATime: QueueOptions = {
  batchSize: 1,
  newBatchThreshold: 0,
  maxDequeueCount: 5,
  retryVisibilityMs: 30_000,
  maxPollingIntervalMs: 2000,
  messageEncoding: 'base64',
};

const message = (id: string, dequeueCount = 1, text = Buffer.from(id).toString('base64')): QueueMessage => ({
  id,
  popReceipt: `${id}:0`,
  text,
  dequeueCount,
  insertedOn: new Date(0),
  expiresOn: new Date(1000),
  nextVisibleOn: new Date(500),
});

/** A queue that hands out what stands in `waiting` and writes down what is done to it. */
function startListening(waiting: QueueMessage[], options = oneAtATime, name = 'work-items') {
  const calls: string[] = [];
  const clock = createHeldClock();
  const invoker = createStandInInvoker();
  const lines: LogLine[] = [];
  let receipts = 0;
  const queue: MessageQueue = {
    name,
    async receive(count, visibilityMs) {
      calls.push(`receive ${count} for ${visibilityMs / 1000} s`);
      return waiting.splice(0, count);
    },
    async hide({ id, popReceipt }, visibilityMs) {
      calls.push(`hide ${popReceipt} for ${visibilityMs / 1000} s`);
      receipts += 1;
      return `${id}:${receipts}`;
    },
    async remove({ popReceipt }) {
      calls.push(`remove ${popReceipt}`);
    },
    async sendToPoison(text) {
      calls.push(`poison ${Buffer.from(text, 'base64').toString()}`);
    },
  };
  const parts = { hosted, queue, options, invoker, clock, log: (line: LogLine) => lines.push(line) };
  const listener = createQueueListener(parts, () => 0.5);
  const stopping = new AbortController();
  return { listener, calls, clock, invoker, lines, queue, stopping };
}

describe('a queue trigger', () => {
  test('hides a message for ten minutes and removes it after success', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a')]);
    const listening = listener.listen(stopping.signal);
    await settled();
    expect(calls).toEqual(['receive 1 for 600 s']);
    expect(invoker.inputs[0]?.data).toEqual({ string: 'a' });
    await invoker.finish();
    expect(calls).toEqual(['receive 1 for 600 s', 'remove a:0', 'receive 1 for 600 s']);
    stopping.abort();
    await listening;
  });

  test('renews the ten minutes every five, and removes with the newest receipt', async () => {
    const { listener, calls, clock, invoker, stopping } = startListening([message('a')]);
    const listening = listener.listen(stopping.signal);
    await settled();
    clock.advance(299_999);
    await settled();
    expect(calls).toHaveLength(1);
    clock.advance(1);
    await settled();
    clock.advance(300_000);
    await settled();
    await invoker.finish();
    expect(calls.slice(1, 4)).toEqual(['hide a:0 for 600 s', 'hide a:1 for 600 s', 'remove a:2']);
    stopping.abort();
    await listening;
  });

  test('shows a failed message again after the visibility time-out of host.json', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a', 4)]);
    const listening = listener.listen(stopping.signal);
    await settled();
    await invoker.finish(new Error('no luck'));
    expect(calls[1]).toBe('hide a:0 for 30 s');
    stopping.abort();
    await listening;
  });

  test('moves a message that failed for the last time to the poison queue', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a', 5)]);
    const listening = listener.listen(stopping.signal);
    await settled();
    await invoker.finish(new Error('no luck'));
    expect(calls.slice(1, 3)).toEqual(['poison a', 'remove a:0']);
    stopping.abort();
    await listening;
  });

  test('does not run one whose process died the last time', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a', 6)]);
    const listening = listener.listen(stopping.signal);
    await settled();
    expect(invoker.inputs).toHaveLength(0);
    expect(calls.slice(1, 3)).toEqual(['poison a', 'remove a:0']);
    stopping.abort();
    await listening;
  });

  test('leaves a message that fails in a poison queue hidden', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a', 5)], oneAtATime, 'work-items-poison');
    const listening = listener.listen(stopping.signal);
    await settled();
    await invoker.finish(new Error('no luck'));
    expect(calls).toEqual(['receive 1 for 600 s', 'receive 1 for 600 s']);
    stopping.abort();
    await listening;
  });

  test('moves what is not base64 to the poison queue unseen', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a', 1, '{"plain":true}')]);
    const listening = listener.listen(stopping.signal);
    await settled();
    expect(invoker.inputs).toHaveLength(0);
    expect(calls[2]).toBe('remove a:0');
    stopping.abort();
    await listening;
  });

  test('takes one at a time where host.json says so', async () => {
    const { listener, calls, invoker, stopping } = startListening([message('a'), message('b')]);
    const listening = listener.listen(stopping.signal);
    await settled();
    expect([invoker.running(), calls.length]).toEqual([1, 1]);
    await invoker.finish();
    expect(invoker.inputs.map((input) => input.data.string)).toEqual(['a', 'b']);
    await invoker.finish();
    stopping.abort();
    await listening;
  });

  test('takes the next batch once as few run as the threshold says', async () => {
    const options = { ...oneAtATime, batchSize: 3, newBatchThreshold: 1 };
    const { listener, invoker, stopping } = startListening(
      ['a', 'b', 'c', 'd'].map((id) => message(id)),
      options,
    );
    const listening = listener.listen(stopping.signal);
    await settled();
    expect(invoker.running()).toBe(3);
    await invoker.finish();
    expect(invoker.inputs).toHaveLength(3);
    await invoker.finish();
    expect(invoker.inputs).toHaveLength(4);
    await invoker.finish();
    await invoker.finish();
    stopping.abort();
    await listening;
  });

  test('waits longer each time it finds nothing, up to the bound', async () => {
    const { listener, clock, stopping } = startListening([]);
    const listening = listener.listen(stopping.signal);
    for (let look = 0; look < 8; look += 1) {
      await settled();
      clock.advance(clock.sleeps.at(-1) ?? 0);
    }
    await settled();
    expect(clock.sleeps.slice(0, 7)).toEqual([200, 300, 500, 900, 1700, 2000, 2000]);
    stopping.abort();
    await listening;
  });

  test('goes on polling when the storage account does not answer', async () => {
    const { listener, calls, clock, invoker, queue, lines, stopping } = startListening([message('a')]);
    const receive = queue.receive;
    Object.assign(queue, { receive: () => Promise.reject(new Error('storage is away')) });
    const listening = listener.listen(stopping.signal);
    await settled();
    expect(lines).toEqual([expect.objectContaining({ message: expect.stringContaining('storage is away') })]);
    Object.assign(queue, { receive });
    clock.advance(200);
    await settled();
    expect(calls).toEqual(['receive 1 for 600 s']);
    stopping.abort();
    await invoker.finish();
    await listening;
    expect(calls.at(-1)).toBe('remove a:0');
  });

  test('gives back what it took while it was told to stop, and lets a run end', async () => {
    const { listener, calls, queue, invoker, stopping } = startListening([message('a'), message('b')]);
    const receive = queue.receive;
    let looks = 0;
    Object.assign(queue, {
      async receive(count: number, visibilityMs: number) {
        looks += 1;
        if (looks === 2) stopping.abort();
        return receive(count, visibilityMs);
      },
    });
    const listening = listener.listen(stopping.signal);
    await settled();
    await invoker.finish();
    await listening;
    expect(calls.at(-1)).toBe('hide b:0 for 0 s');
    expect(invoker.inputs).toHaveLength(1);
  });
});

describe('draining', () => {
  test('delivers what is there and says how many', async () => {
    const { listener, invoker } = startListening([message('a'), message('b')]);
    const drained = listener.drain();
    await settled();
    await invoker.finish();
    await invoker.finish();
    expect(await drained).toBe(2);
  });
});

test('a back-off starts anew after messages', () => {
  const backoff = createPollBackoff(2000, () => 0);
  const delays = [false, false, true, false].map((found) => backoff.nextDelayMs(found));
  expect(delays).toEqual([180, 260, 100, 180]);
});

test.each([
  ['aGVsbG8=', 'base64', 'hello'],
  ['', 'base64', ''],
  ['hello', 'base64', null],
  ['{"a":1}', 'base64', null],
  ['{"a":1}', 'none', '{"a":1}'],
] as const)('the body of "%s" as %s is %s', (text, encoding, body) => {
  expect(decodeBody(text, encoding)).toBe(body);
});
