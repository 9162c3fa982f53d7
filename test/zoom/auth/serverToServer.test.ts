import { createServerToServerSource } from '../../../lib/zoom/auth/serverToServer.js';
import { createHeldClock } from '../../fakes/heldClock.js';
import { answerJson, createScriptedSend, type Script } from '../../fakes/scriptedSend.js';

const never = new AbortController().signal;
const grant = (token: string, more: object = {}) =>
  answerJson({ access_token: token, token_type: 'bearer', expires_in: 3_600, scope: 'scim2:admin', ...more });

const setUp = (scripts: readonly Script[]) => {
  const clock = createHeldClock();
  const network = createScriptedSend(scripts);
  const hosts: string[] = [];
  const source = createServerToServerSource({
    accountId: 'ACC 123',
    clientId: 'client',
    clientSecret: 'sécret',
    oauthEndpoint: new URL('https://zoom.example/oauth/'),
    send: network.send,
    clock,
    onApiHost: (host) => hosts.push(host),
  });
  return { clock, source, hosts, sent: network.sent };
};

describe('createServerToServerSource', () => {
  it('asks with a form and Basic credentials, and never in the address', async () => {
    const { source, sent } = setUp([grant('one')]);
    expect(await source.getToken(never)).toBe('one');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.method).toBe('POST');
    expect(sent[0]?.url.href).toBe('https://zoom.example/oauth/token');
    expect(sent[0]?.body).toBe('grant_type=account_credentials&account_id=ACC+123');
    expect(sent[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${Buffer.from('client:sécret').toString('base64')}`);
  });

  it('keeps a token until a minute before it expires', async () => {
    const { clock, source, sent } = setUp([grant('one'), grant('two')]);
    await source.getToken(never);
    clock.advance(3_539_999);
    expect(await source.getToken(never)).toBe('one');
    clock.advance(1);
    expect(await source.getToken(never)).toBe('two');
    expect(sent).toHaveLength(2);
  });

  it('uses half the life of a token that lives less than two minutes', async () => {
    const { clock, source } = setUp([grant('one', { expires_in: 30 }), grant('two')]);
    await source.getToken(never);
    clock.advance(14_999);
    expect(await source.getToken(never)).toBe('one');
    clock.advance(1);
    expect(await source.getToken(never)).toBe('two');
  });

  it('renews once for all who need a token at the same time', async () => {
    const { source, sent } = setUp([grant('one')]);
    expect(await Promise.all([1, 2, 3].map(() => source.getToken(never)))).toEqual(['one', 'one', 'one']);
    expect(sent).toHaveLength(1);
  });

  it('drops a token that was refused, but not the one that has replaced it', async () => {
    const { source, sent } = setUp([grant('one'), grant('two')]);
    await source.getToken(never);
    source.invalidate('one');
    expect(await source.getToken(never)).toBe('two');
    source.invalidate('one');
    expect(await source.getToken(never)).toBe('two');
    expect(sent).toHaveLength(2);
  });

  it('names a refusal, tells what to do and keeps nothing of it', async () => {
    const refusal = answerJson({ reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 400, {
      'x-zm-trackingid': 'T1',
    });
    const { source } = setUp([refusal, grant('one')]);
    await expect(source.getToken(never)).rejects.toMatchObject({
      fault: {
        code: 'CredentialsInvalid',
        whose: 'job',
        request: { method: 'POST', path: '/oauth/token', status: 400, requestId: 'T1' },
      },
    });
    expect(await source.getToken(never)).toBe('one');
  });

  it.each([
    ['no token', { expires_in: 3_600 }],
    ['a token that could break a header', { access_token: 'a\nb' }],
    ['a token of another type', { access_token: 'one', token_type: 'mac' }],
  ])('refuses an answer with %s', async (_, body) => {
    const { source } = setUp([answerJson(body)]);
    await expect(source.getToken(never)).rejects.toMatchObject({
      fault: { code: 'SystemForCrossDomainIdentityManagementServiceIncompatible', whose: 'target' },
    });
  });

  it('says which host the account’s API is on, and nothing more', async () => {
    const { source, hosts } = setUp([grant('one', { api_url: 'https://eu01api.zoom.example' })]);
    await source.getToken(never);
    expect(hosts).toEqual(['eu01api.zoom.example']);
  });

  it('ends with the caller’s own reason when the caller leaves', async () => {
    const leaver = new AbortController();
    const { source } = setUp([
      () => {
        leaver.abort(new Error('enough'));
        return grant('one');
      },
    ]);
    await expect(source.getToken(leaver.signal)).rejects.toThrow('enough');
  });
});
