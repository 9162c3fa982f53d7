import type { Notice } from '../../lib/engine/ports.js';
import { watchCredential } from '../../lib/engine/watchCredential.js';
import { composeMessage, writeMail } from '../../lib/notify/message.js';
import { jobId } from '../fakes/surroundings.js';
import { createNotifyScene } from './scene.js';

const incidentOf = (notice: Notice, toldAt = '2026-11-23T08:00:00.000Z') => ({
  notice,
  toldAt,
  isStanding: false,
  endedAt: null,
  claimedUntil: null,
  deliveries: {},
});
const notice: Notice = { incident: 'held:1', jobId, subject: 'Held', text: 'They wait.', fault: null };

describe('a message', () => {
  it('has the same id however often it is composed, and another one when it is told anew', () => {
    const first = composeMessage(incidentOf(notice), 'https://app.example/job');
    expect(composeMessage(incidentOf(notice), 'https://other.example/job').id).toBe(first.id);
    expect(composeMessage(incidentOf(notice, '2026-12-23T08:00:00.000Z'), 'https://app.example/job').id).not.toBe(
      first.id,
    );
  });

  it('leaves out what is not known instead of showing it empty', () => {
    const { content } = writeMail(composeMessage(incidentOf(notice), 'https://app.example/job'));
    expect(content).not.toMatch(/People|Request|Error|null|undefined/);
    expect(content).toContain('Since: 2026-11-23 08:00 UTC');
  });

  it('of a credential says how old it is, how long it lasts and how to renew it', async () => {
    const scene = await createNotifyScene();
    const since = new Date(scene.tenant.clock.nowMs() - 340 * 86_400_000).toISOString();
    const row = {
      kind: 'bearer',
      fingerprint: 'f'.repeat(64),
      since,
      lastUsedAt: since,
      expiresAt: null,
      told: null,
    } as const;
    const world = { ...scene.tenant.world, notifier: scene.notify.notifications };
    const credentials = { read: async () => row, update: async () => row };
    await scene.tenant.clock.settle(watchCredential(world, credentials, new AbortController().signal));
    await scene.tenant.clock.settle(watchCredential(world, credentials, new AbortController().signal));
    expect(scene.subjects()).toEqual(['[Zoom provisioning] The Zoom credential is ending']);
    const [mail = ''] = scene.mails();
    expect(mail).toContain('is 340 days old and is taken to last 25 days more');
    expect(mail).toContain(`Since: ${since.slice(0, 10)}`);
    expect(mail).toMatch(/What to do: Make a new token in Zoom/);
    expect(mail).toContain('/synchronization/jobs/');
  });
});
