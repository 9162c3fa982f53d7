import { ForeignOriginError } from '../../lib/http/foreignOriginError.js';
import { assertSameOrigin, originCheckLayer } from '../../lib/http/originCheck.js';
import { UnexpectedRedirectError } from '../../lib/http/unexpectedRedirectError.js';
import { createScriptedSend } from '../fakes/scriptedSend.js';

const origin = 'https://graph.microsoft.com';
const foreign = [
  'https://evil.example/v1.0/users',
  'http://graph.microsoft.com/v1.0/users',
  'https://graph.microsoft.com:8443/v1.0/users',
  'https://graph.microsoft.com.evil.example/',
  'https://graph.microsoft.com@evil.example/',
  'https://user@graph.microsoft.com/',
];

describe('the origin check', () => {
  it.each(foreign)('sends nothing to %s', async (url) => {
    const { send, sent } = createScriptedSend([]);
    const checked = originCheckLayer([origin])(send);
    await expect(checked(url, { headers: { authorization: 'Bearer t' } })).rejects.toThrow(ForeignOriginError);
    expect(sent).toHaveLength(0);
  });

  it('lets a request to the configured origin through with its headers', async () => {
    const { send, sent } = createScriptedSend([new Response('ok')]);
    await originCheckLayer([origin])(send)(`${origin}/v1.0/users`, { headers: { authorization: 'Bearer t' } });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer t');
  });

  it.each([301, 302, 303, 307, 308])('treats a %i as an error and follows it nowhere', async (status) => {
    const { send, sent } = createScriptedSend([
      new Response(null, { status, headers: { location: 'https://evil.example' } }),
    ]);
    const failure = originCheckLayer([origin])(send)(`${origin}/v1.0/users?$filter=secret`);
    await expect(failure).rejects.toThrow(UnexpectedRedirectError);
    await expect(failure).rejects.toThrow(/^(?!.*secret)/);
    expect(sent).toHaveLength(1);
  });

  it('asks the transport not to follow redirects', async () => {
    let redirect: unknown;
    const send = originCheckLayer([origin])(async (_, init) => {
      redirect = init?.redirect;
      return new Response('ok');
    });
    await send(`${origin}/`);
    expect(redirect).toBe('manual');
  });
});

describe('a followed link', () => {
  it.each([...foreign, 'not a url', '/v1.0/users'])('is refused when it is %s', (link) => {
    expect(() => assertSameOrigin(link, origin)).toThrow(ForeignOriginError);
  });

  it('comes back as it is on the same origin', () => {
    const link = `${origin}/v1.0/users/delta?$skiptoken=a%2Bb`;
    expect(assertSameOrigin(link, origin).href).toBe(link);
  });
});
