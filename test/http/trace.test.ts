import { NetworkError } from '../../lib/http/networkError.js';
import { templatePath } from '../../lib/http/pathTemplate.js';
import { type RequestRecord, traceLayer } from '../../lib/http/trace.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { createScriptedSend } from '../fakes/scriptedSend.js';

const words = new Set(['v1.0', 'users', 'memberOf', 'servicePrincipals']);
const url = 'https://graph.microsoft.com/v1.0/users/4e2f/memberOf?$select=id';

const setUp = () => {
  const records: RequestRecord[] = [];
  const clock = createHeldClock();
  const layer = traceLayer({
    service: 'graph',
    clock,
    newId: () => 'id-1',
    templatePath: (path) => templatePath(path, words),
    requestIdHeader: 'request-id',
    observe: (record) => records.push(record),
  });
  return { records, clock, layer };
};

describe('the trace', () => {
  it('records what was asked and answered, without ids and query', async () => {
    const { records, clock, layer } = setUp();
    const { send, sent } = createScriptedSend([
      () => {
        clock.advance(250);
        return new Response('{}', { status: 404, headers: { 'request-id': 'req-9' } });
      },
    ]);
    await layer(send)(url);
    expect(sent[0]?.headers.get('client-request-id')).toBe('id-1');
    expect(records).toEqual([
      {
        service: 'graph',
        method: 'GET',
        path: '/v1.0/users/{id}/memberOf',
        status: 404,
        requestId: 'req-9',
        clientRequestId: 'id-1',
        durationMs: 250,
        failure: null,
      },
    ]);
  });

  it('keeps an id that the caller chose', async () => {
    const { layer } = setUp();
    const { send, sent } = createScriptedSend([new Response('')]);
    await layer(send)(url, { headers: { 'Client-Request-Id': 'mine' } });
    expect(sent[0]?.headers.get('client-request-id')).toBe('mine');
  });

  it('records a failure by its code and throws it on', async () => {
    const { records, layer } = setUp();
    const error = new NetworkError('GET', url, new Error('reset'));
    const send = layer(async () => {
      throw error;
    });
    await expect(send(url)).rejects.toBe(error);
    expect(records[0]).toMatchObject({ status: null, requestId: null, failure: 'NetworkFailed' });
  });
});

describe('a path template', () => {
  it.each([
    ['/v1.0/users', '/v1.0/users'],
    ['/v1.0/users/someone@contoso.com', '/v1.0/users/{id}'],
    ["/v1.0/servicePrincipals(appId='4e2f')/users", '/v1.0/servicePrincipals({id})/users'],
    ["/v1.0/unknown(appId='4e2f')", '/v1.0/{id}'],
    ['/v1.0/users/', '/v1.0/users/'],
  ])('%s becomes %s', (path, template) => {
    expect(templatePath(path, words)).toBe(template);
  });
});
