import { createHmac, timingSafeEqual } from 'node:crypto';
import { createJobNotifications } from '../../lib/compose/notify.js';
import type { Notice, Telemetry } from '../../lib/engine/ports.js';
import { listenWebhookReceiver, type ReceivedCall, type WebhookReceiver } from '../../lib/sandbox/webhook/receiver.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { jobId, servicePrincipalId } from '../fakes/surroundings.js';

const secret = 'a-secret-of-the-receiver';
const notice: Notice = {
  incident: 'held:1',
  jobId,
  subject: 'Held – “3” removals',
  text: 'They wait.',
  fault: null,
  people: 3,
};

/** The recipe of the README, written anew. */
const isGenuine = ({ headers, body }: ReceivedCall, key: string, nowSeconds: number): boolean => {
  const timestamp = String(headers['x-notification-timestamp']);
  if (Math.abs(nowSeconds - Number(timestamp)) > 300) return false;
  const wanted = createHmac('sha256', key).update(timestamp).update('.').update(Buffer.from(body, 'utf8')).digest();
  const given = Buffer.from(String(headers['x-notification-signature']).replace(/^v1=/, ''), 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

describe('the webhook', () => {
  let receiver: WebhookReceiver;
  const clock = createHeldClock({ passes: (delayMs) => delayMs < 5_000 });
  const nowSeconds = () => clock.nowMs() / 1_000;
  const codes: string[] = [];
  const telemetry: Telemetry = {
    event: (_level, _name, { code }) => void (code !== undefined && codes.push(code)),
    count: () => undefined,
  };
  const tell = (incident: string) =>
    createJobNotifications({
      settings: {
        jobId,
        servicePrincipalId,
        licensedSeats: null,
        graph: { endpoint: 'https://graph.example', fixedToken: null },
        notification: { mail: null, webhook: { url: `${receiver.url}/in`, secret }, publicUrl: 'https://app.example' },
      },
      tables: createMemoryTables(),
      telemetry,
      clock,
      getGraphToken: async () => 'unused',
    }).notifications.notify({ ...notice, incident }, new AbortController().signal);

  beforeAll(async () => {
    receiver = await listenWebhookReceiver();
  });
  afterAll(() => receiver.close());
  const callsOf = async (work: () => Promise<void>) => {
    const before = receiver.calls.length;
    await work();
    return receiver.calls.slice(before);
  };

  it('carries a signature that an independent computation confirms, and that other bytes, keys or times do not', async () => {
    const [call] = await callsOf(() => tell('held:1'));
    if (!call) throw new Error('Nothing came.');
    expect(isGenuine(call, secret, nowSeconds())).toBe(true);
    expect(isGenuine({ ...call, body: call.body.replace('They', 'Thee') }, secret, nowSeconds())).toBe(false);
    expect(isGenuine(call, `${secret}!`, nowSeconds())).toBe(false);
    const later = { ...call.headers, 'x-notification-timestamp': String(Math.floor(nowSeconds()) + 1) };
    expect(isGenuine({ ...call, headers: later }, secret, nowSeconds())).toBe(false);
    expect(isGenuine(call, secret, nowSeconds() + 3_600)).toBe(false);
    expect(JSON.parse(call.body)).toMatchObject({
      id: call.headers['x-notification-id'],
      incident: 'held:1',
      subject: 'Held – “3” removals',
      people: 3,
      link: expect.stringContaining('https://app.example/api/servicePrincipals/'),
    });
  });

  it('is tried again under the same id, so that a receiver can drop what it has', async () => {
    receiver.answerNext({ status: 500 }, { status: 429 });
    const calls = await callsOf(() => tell('held:2'));
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ headers }) => headers['x-notification-id'])).size).toBe(1);
  });

  it('follows no redirect', async () => {
    receiver.answerNext({ status: 307, location: `${receiver.url}/elsewhere` });
    codes.length = 0;
    expect(await callsOf(() => tell('held:3'))).toHaveLength(1);
    expect(codes).toEqual(['UnexpectedRedirect']);
  });

  it('is not tried again at once where the receiver refuses', async () => {
    receiver.answerNext({ status: 400 });
    expect(await callsOf(() => tell('held:4'))).toHaveLength(1);
  });
});
