import { createJobNotifications } from '../../lib/compose/notify.js';
import type { Notice, Telemetry } from '../../lib/engine/ports.js';
import type { Send } from '../../lib/http/send.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { createSurroundings, jobId, servicePrincipalId } from '../fakes/surroundings.js';

const notice: Notice = { incident: 'held:1', jobId, subject: '3 removals are held', text: 'They wait.', fault: null };

const createScene = (roles: readonly string[] = ['Mail.Send']) => {
  const { graph, clock } = createSurroundings();
  const sender = graph.dir.createUser({
    userPrincipalName: 'noreply@contoso.example',
    mail: 'noreply@contoso.example',
    displayName: 'No reply',
  });
  const codes: string[] = [];
  const telemetry: Telemetry = {
    event: (_level, _name, { code }) => void (code !== undefined && codes.push(code)),
    count: () => undefined,
  };
  const tell = (
    mailbox = 'noreply@contoso.example',
    send: Send = graph.send,
    readRecipients: () => Promise<readonly string[] | null> = async () => null,
  ) => {
    const { notifications } = createJobNotifications({
      settings: {
        jobId,
        servicePrincipalId,
        licensedSeats: null,
        graph: { endpoint: 'http://127.0.0.1:1', fixedToken: null },
        notification: {
          mail: { sender: mailbox, recipients: ['ops@contoso.example'] },
          webhook: null,
          publicUrl: 'https://app.example',
        },
      },
      tables: createMemoryTables(),
      telemetry,
      clock,
      getGraphToken: async () => graph.issueToken([...roles], 1e12),
      send,
      readRecipients,
    });
    return clock.settle(notifications.notify(notice, new AbortController().signal));
  };
  return { graph, sender, codes, tell };
};

describe('mail through Graph', () => {
  it('is sent from the mailbox that is named, by address or by id, and not kept there', async () => {
    const { graph, sender, codes, tell } = createScene();
    await tell();
    await tell(sender);
    expect(graph.outbox.mails).toHaveLength(2);
    expect(graph.outbox.mails[0]).toMatchObject({
      senderId: sender,
      saveToSentItems: false,
      message: {
        subject: '[Zoom provisioning] 3 removals are held',
        body: { contentType: 'Text', content: expect.stringContaining('They wait.') },
        toRecipients: [{ emailAddress: { address: 'ops@contoso.example' } }],
      },
    });
    expect(codes).toEqual([]);
  });

  it('is sent again where Graph throttled it, once', async () => {
    const { graph, tell } = createScene();
    graph.addFault({ kind: 'status', status: 429 }, { routes: ['sendMail'], times: 1 });
    await tell();
    expect(graph.outbox.mails).toHaveLength(1);
  });

  it('is not sent a second time at once where only the answer was lost', async () => {
    const { graph, codes, tell } = createScene();
    await tell(undefined, async (input, init) => {
      await graph.send(input, init);
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    });
    expect(graph.outbox.mails).toHaveLength(1);
    expect(codes).toEqual(['NetworkFailed']);
  });

  it.each([
    ['Mail.Send is missing', ['User.Read.All'], null, 'MailNotPermitted'],
    ['an access policy leaves the mailbox out', ['Mail.Send'], [], 'MailNotPermitted'],
  ])('says what is wrong where %s', async (_what, roles, mailSenders, code) => {
    const { graph, codes, tell } = createScene(roles);
    graph.settings.mailSenders = mailSenders;
    await tell();
    expect([graph.outbox.mails.length, codes]).toEqual([0, [code]]);
  });

  it('goes to whom an administrator named for the job, and to nobody where that is nobody', async () => {
    const { graph, tell } = createScene();
    await tell(undefined, undefined, async () => ['admin@contoso.example']);
    await tell(undefined, undefined, async () => []);
    expect(graph.outbox.mails.map(({ message }) => message.toRecipients)).toEqual([
      [{ emailAddress: { address: 'admin@contoso.example' } }],
    ]);
  });

  it('says that there is no such mailbox', async () => {
    const { codes, tell } = createScene();
    await tell('nobody@contoso.example');
    expect(codes).toEqual(['MailboxNotFound']);
  });
});
