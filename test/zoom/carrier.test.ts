import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Send } from '../../lib/http/send.js';
import { createCarrier } from '../../lib/zoom/carrier.js';

const signal = new AbortController().signal;
const endpoint = new URL('http://127.0.0.1:2/scim2');
const users = { method: 'GET', path: '/Users' } as const;

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
};

describe('a carrier', () => {
  it('sends by its own means, whatever others send at the same time', async () => {
    const answering =
      (text: string): Send =>
      async () =>
        new Response(JSON.stringify({ text }));
    const [one, other] = await Promise.all([
      createCarrier(endpoint, answering('one'))(users, signal),
      createCarrier(endpoint, answering('other'))(users, signal),
    ]);
    expect([one?.body, other?.body]).toMatchObject([{ value: { text: 'one' } }, { value: { text: 'other' } }]);
  });

  it('is not kept in memory when nobody needs it any more', async () => {
    const use = async (): Promise<WeakRef<Send>> => {
      const send: Send = async () => new Response('{}');
      await createCarrier(endpoint, send)(users, signal);
      return new WeakRef(send);
    };
    const used = await use();
    for (let turn = 0; turn < 50 && used.deref(); turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      collectGarbage();
    }
    expect(used.deref()).toBeUndefined();
  });
});
