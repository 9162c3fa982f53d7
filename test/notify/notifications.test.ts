import type { Notice } from '../../lib/engine/ports.js';
import { jobId } from '../fakes/surroundings.js';
import { createNotifyScene, graphToken, webhookSecret } from './scene.js';

const notice: Notice = { incident: 'held:1', jobId, subject: '3 removals are held', text: 'They wait.', fault: null };
const minuteMs = 60_000;

describe('an incident', () => {
  it('is told once by two workers at the same time, over mail, webhook and telemetry', async () => {
    const scene = await createNotifyScene();
    const other = scene.createOther();
    await Promise.all([scene.tell(notice), scene.tell(notice, other), scene.tell(notice)]);
    await scene.look();
    await scene.look(other);
    expect(scene.requests.map(({ url }) => new URL(url).host).toSorted()).toEqual(['graph.example', 'hooks.example']);
    expect(scene.events.map(({ name }) => name)).toEqual(['Notice']);
  });

  it('that stands is told once however many workers look', async () => {
    const scene = await createNotifyScene();
    scene.tenant.join('ada');
    scene.tenant.zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
    await scene.tenant.runCycle();
    await Promise.all([scene.look(), scene.look(scene.createOther()), scene.look(scene.createOther())]);
    expect(scene.subjects()).toHaveLength(1);
  });

  it('whose sending failed is sent by a later look, and only over the channel that failed', async () => {
    const scene = await createNotifyScene();
    scene.wire.status = 500;
    await scene.tell(notice);
    expect(scene.subjects()).toEqual([]);
    const failures = scene.events.filter(({ name }) => name === 'NoticeNotSent');
    expect(failures.map(({ keys }) => [keys.action, keys.code])).toEqual([
      ['mail', 'MailRefused'],
      ['webhook', 'WebhookRefused'],
    ]);
    scene.wire.status = 202;
    await scene.look();
    expect(scene.subjects()).toEqual([]);
    scene.tenant.clock.advance(6 * minuteMs);
    await scene.look();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] 3 removals are held']);
  });

  it('is given up after ten attempts that take about a day, loudly', async () => {
    const scene = await createNotifyScene();
    scene.wire.status = 403;
    await scene.tell(notice);
    const startedMs = scene.tenant.clock.nowMs();
    let gaveUpMs = 0;
    for (let hour = 0; hour < 80; hour += 1) {
      scene.tenant.clock.advance(60 * minuteMs);
      await scene.look();
      if (gaveUpMs === 0 && scene.events.some(({ name }) => name === 'NoticeGivenUp'))
        gaveUpMs = scene.tenant.clock.nowMs();
    }
    const about = (text: string) => scene.requests.filter(({ body }) => body.includes(text));
    expect(about('held:1')).toHaveLength(20);
    expect(gaveUpMs - startedMs).toBeGreaterThan(20 * 60 * minuteMs);
    const given = scene.events.filter(({ name, keys }) => name === 'NoticeGivenUp' && keys.outcome === 'held:1');
    expect(given.map(({ level }) => level)).toEqual(['error', 'error']);
  });

  it('goes on with the sending of a worker that died holding it, once its claim has run out', async () => {
    const scene = await createNotifyScene();
    const stopped = new AbortController();
    scene.wire.status = 503;
    const sending = scene.notify.notifications.notify(notice, stopped.signal);
    stopped.abort(new Error('The worker dies.'));
    await scene.tenant.clock.settle(sending);
    scene.wire.status = 202;
    scene.tenant.clock.advance(6 * minuteMs);
    await scene.look(scene.createOther());
    expect(scene.subjects()).toHaveLength(1);
  });
});

describe('a notifier that fails', () => {
  it('throws nothing, whatever mail and webhook answer, and says so by an event', async () => {
    const scene = await createNotifyScene();
    for (const status of [301, 400, 401, 404, 429, 500]) {
      scene.wire.status = status;
      await scene.tell({ ...notice, incident: `held:${status}` });
    }
    expect(scene.events.filter(({ name }) => name === 'NoticeNotSent').length).toBe(12);
  });

  it('throws nothing where storage is down: the event is there', async () => {
    const scene = await createNotifyScene();
    await scene.tell({ ...notice, incident: 'x'.repeat(2_000) });
    expect(scene.events.map(({ name }) => name)).toEqual(['Notice', 'NotifierFailed']);
  });
});

describe('what is sent', () => {
  it('holds no secret and no token, save the token in the header that Graph gets', async () => {
    const scene = await createNotifyScene();
    await scene.tell(notice);
    const [mail] = scene.requests.filter(({ url }) => url.startsWith('https://graph.example/'));
    const [hook] = scene.requests.filter(({ url }) => url.startsWith('https://hooks.example/'));
    expect(mail?.headers.get('authorization')).toBe(`Bearer ${graphToken}`);
    expect(hook?.headers.get('authorization')).toBeNull();
    const said = JSON.stringify([mail?.body, hook?.body, [...(hook?.headers ?? [])], scene.events]);
    for (const secret of [graphToken, webhookSecret, 'key=hidden']) expect(said).not.toContain(secret);
  });

  it('names nobody of the tenant', async () => {
    const scene = await createNotifyScene({ engine: { deletionThreshold: 0 } });
    const id = scene.tenant.join('ada');
    await scene.tenant.runCycle();
    scene.tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await scene.tenant.runCycle();
    await scene.pass();
    await scene.look();
    expect(scene.mails()).toHaveLength(1);
    expect(JSON.stringify(scene.requests)).not.toMatch(/ada|Example"/);
  });

  it('goes to everybody that is named, from the mailbox that is named', async () => {
    const scene = await createNotifyScene();
    await scene.tell(notice);
    const [mail] = scene.requests.filter(({ url }) => url.startsWith('https://graph.example/'));
    expect(mail?.url).toBe('https://graph.example/v1.0/users/noreply%40contoso.example/sendMail');
    expect(JSON.parse(mail?.body ?? '')).toMatchObject({
      message: {
        toRecipients: [
          { emailAddress: { address: 'ops@contoso.example' } },
          { emailAddress: { address: 'boss@contoso.example' } },
        ],
      },
      saveToSentItems: false,
    });
  });
});
