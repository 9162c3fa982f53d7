import { authorizeLayer } from '../../../lib/zoom/auth/authorizeLayer.js';
import { createBearerSource } from '../../../lib/zoom/auth/bearer.js';
import type { TokenSource } from '../../../lib/zoom/auth/tokenSource.js';
import { createScriptedSend } from '../../fakes/scriptedSend.js';

const createTokens = (): TokenSource => {
  let number = 1;
  return {
    getToken: async () => `token-${number}`,
    invalidate: (token) => {
      number += token === `token-${number}` ? 1 : 0;
    },
  };
};
const answer = (status: number) => new Response(null, { status });
const post = { method: 'POST', body: '{"a":1}', headers: { accept: 'application/scim+json' } };

describe('authorizeLayer', () => {
  it('puts the token on a request and leaves its other headers', async () => {
    const { send, sent } = createScriptedSend([answer(200)]);
    await authorizeLayer(createTokens())(send)('https://api.example/Users', post);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer token-1');
    expect(sent[0]?.headers.get('accept')).toBe('application/scim+json');
  });

  it('sends once more with another token after a 401, whatever the method, since nothing was carried out', async () => {
    const { send, sent } = createScriptedSend([answer(401), answer(201)]);
    const response = await authorizeLayer(createTokens())(send)('https://api.example/Users', post);
    expect(response.status).toBe(201);
    expect(sent.map(({ headers, body }) => [headers.get('authorization'), body])).toEqual([
      ['Bearer token-1', '{"a":1}'],
      ['Bearer token-2', '{"a":1}'],
    ]);
  });

  it('hands the second 401 back', async () => {
    const { send, sent } = createScriptedSend([answer(401), answer(401)]);
    const response = await authorizeLayer(createTokens())(send)('https://api.example/Users', post);
    expect([response.status, sent.length]).toEqual([401, 2]);
  });

  it('asks Zoom itself where the other token was taken over from another process and has ended too', async () => {
    const { send, sent } = createScriptedSend([answer(401), answer(401), answer(401)]);
    const tokens = { ...createTokens(), isTakenOver: (token: string) => token === 'token-2' };
    const response = await authorizeLayer(tokens)(send)('https://api.example/Users', post);
    expect([response.status, ...sent.map(({ headers }) => headers.get('authorization'))]).toEqual([
      401,
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-3',
    ]);
  });

  it('does not try a fixed token twice', async () => {
    const { send, sent } = createScriptedSend([answer(401)]);
    const response = await authorizeLayer(createBearerSource('fixed'))(send)('https://api.example/Users', post);
    expect([response.status, sent.length]).toEqual([401, 1]);
  });
});
