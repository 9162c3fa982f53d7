import { NetworkError } from '../../lib/http/networkError.js';
import { passTime } from '../fakes/passTime.js';
import { answerJson, type Script } from '../fakes/scriptedSend.js';
import { aUser, makeScriptedTarget, never } from './targetUnderTest.js';

const incompatible = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
const values = { userName: 'jane@contoso.example', 'name.givenName': 'Jane' };
const reset = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) });
};
const refusedConnection = () => {
  throw Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
  });
};
const status = (code: number, headers: Record<string, string> = {}) => new Response(null, { status: code, headers });

const create = async (...scripts: Script[]) => {
  const { target, clock, sent } = makeScriptedTarget(scripts);
  return { result: await passTime(clock, target.createUser(values, true, never)), sent };
};
const update = async (...scripts: Script[]) => {
  const { target, clock, sent } = makeScriptedTarget(scripts);
  return { result: await passTime(clock, target.updateUser('u1', { title: 'Counsel' }, never)), sent };
};

describe('createUser', () => {
  it('posts once and answers the account', async () => {
    const { result, sent } = await create(answerJson(aUser(), 201));
    expect(result).toMatchObject({ kind: 'stored', targetId: 'u1', account: { active: true, complete: true } });
    expect(sent).toHaveLength(1);
    expect([sent[0]?.method, sent[0]?.url.pathname]).toEqual(['POST', '/scim2/Users']);
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ userName: 'jane@contoso.example', active: true });
  });

  it.each([
    ['a 201 without an id', answerJson({ userName: 'jane@contoso.example' }, 201)],
    ['an id that is none', answerJson(aUser({ id: 'undefined' }), 201)],
    ['an empty 200', new Response('', { status: 200 })],
  ])('knows that the account may be there after %s', async (_, script) => {
    expect((await create(script)).result).toMatchObject({
      kind: 'fault',
      fault: { code: 'TargetAnswerWithoutId', outcomeUnknown: true, whose: 'target' },
    });
  });

  it('links an account whose answer shows an id and little else, without believing the rest', async () => {
    expect((await create(answerJson({ id: 'u1', userName: 7 }, 201))).result).toEqual({
      kind: 'stored',
      account: null,
      targetId: 'u1',
    });
  });

  it.each([
    ['a page', new Response('<html></html>', { status: 201 })],
    ['broken JSON', new Response('{"id":', { status: 201 })],
    ['a list', answerJson([], 201)],
  ])('knows that the account may be there after %s', async (_, script) => {
    expect((await create(script)).result).toMatchObject({ fault: { code: incompatible, outcomeUnknown: true } });
  });

  it('reports an e-mail address that is taken, without repeating it', async () => {
    const taken = { detail: 'User already in the account: jane@contoso.example', status: 409 };
    const { result } = await create(answerJson(taken, 409));
    expect(result).toMatchObject({ kind: 'conflict', fault: { code: 'EntryConflict', whose: 'object' } });
    expect(JSON.stringify(result)).not.toContain('jane');
  });

  it.each([
    ['the connection broke', reset, 'WebExceptionProtocolError'],
    ['the service failed', status(500), 'InternalServerError'],
    ['a gateway failed', status(502), 'ServiceUnavailable'],
    ['a service is unavailable and does not say until when', status(503), 'ServiceUnavailable'],
    ['a gateway gave up', status(504), 'Timeout'],
    ['a throttling 500 may have done half of it', new Response('throttled', { status: 500 }), 'TooManyRequests'],
  ] as const)('does not post again where %s', async (_, script, code) => {
    const { result, sent } = await create(script);
    expect(result).toMatchObject({ kind: 'fault', fault: { code, outcomeUnknown: true } });
    expect(sent).toHaveLength(1);
  });

  it('does not post again after a time-out', async () => {
    const { result, sent } = await create(() => new Promise<Response>(() => undefined));
    expect(result).toMatchObject({ kind: 'fault', fault: { code: 'Timeout', outcomeUnknown: true } });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['429', status(429)],
    ['503 with Retry-After', status(503, { 'retry-after': '2' })],
    ['no connection', refusedConnection],
  ] as const)('posts again after %s, which says that nothing was carried out', async (_, script) => {
    const { result, sent } = await create(script, answerJson(aUser(), 201));
    expect(result).toMatchObject({ kind: 'stored', targetId: 'u1' });
    expect(sent.map(({ body }) => body)).toEqual([sent[0]?.body, sent[0]?.body]);
  });

  it('says that nothing was sent where no connection ever came about', async () => {
    const { result, sent } = await create(refusedConnection, refusedConnection, refusedConnection, refusedConnection);
    expect(result).toMatchObject({ kind: 'fault', fault: { code: 'WebExceptionProtocolError' } });
    expect(result).not.toMatchObject({ fault: { outcomeUnknown: true } });
    expect(sent).toHaveLength(4);
  });

  it('fails an object whose path cannot be written, and sends nothing', async () => {
    const { target, sent } = makeScriptedTarget([]);
    expect(await target.createUser({ ...values, 'emails[type': 'x' }, true, never)).toMatchObject({
      kind: 'fault',
      fault: { code: 'InternalError', whose: 'us' },
    });
    expect(sent).toEqual([]);
  });
});

describe('updateUser', () => {
  it('puts the named values and answers the account', async () => {
    const { result, sent } = await update(answerJson(aUser({ title: 'Counsel' })));
    expect(result).toMatchObject({ kind: 'stored', targetId: 'u1', account: { resource: { title: 'Counsel' } } });
    expect([sent[0]?.method, sent[0]?.url.pathname]).toEqual(['PUT', '/scim2/Users/u1']);
    expect(Object.keys(JSON.parse(sent[0]?.body ?? ''))).toEqual(['schemas', 'title']);
  });

  it.each([
    ['nothing', status(204)],
    ['an empty 200', new Response('', { status: 200 })],
    ['an account whose state it does not show', answerJson({ id: 'u1', userName: 'jane@contoso.example' })],
  ])('has stored, and seen no account, where the answer shows %s', async (_, script) => {
    expect((await update(script)).result).toEqual({ kind: 'stored', account: null, targetId: 'u1' });
  });

  it.each([
    ['a page', new Response('<html></html>', { status: 200 })],
    ['another account', answerJson(aUser({ id: 'u2' }))],
    ['an account without a name', answerJson({ id: 'u1', active: true })],
  ])('does not know what was stored where the answer is %s', async (_, script) => {
    expect((await update(script)).result).toMatchObject({ fault: { code: incompatible, outcomeUnknown: true } });
  });

  it('puts again after failures that a second time heals', async () => {
    const { result, sent } = await update(reset, status(502), status(500), answerJson(aUser()));
    expect(result.kind).toBe('stored');
    expect(sent).toHaveLength(4);
  });

  it('gives up after four attempts and says that the outcome is unknown', async () => {
    const { result, sent } = await update(status(500), status(500), status(500), status(500));
    expect(result).toMatchObject({
      kind: 'fault',
      fault: {
        code: 'InternalServerError',
        outcomeUnknown: true,
        request: { service: 'zoom', method: 'PUT', path: '/scim2/Users/{id}', status: 500 },
      },
    });
    expect(sent).toHaveLength(4);
  });

  it('tells gone from invited', async () => {
    const gone = answerJson({ detail: 'User does not exist: u1.', status: 404 }, 404);
    const invited = answerJson({ detail: 'User u1 not exist or not belong to this account.', status: 400 }, 400);
    expect((await update(gone)).result).toMatchObject({ kind: 'gone', fault: { code: 'InvalidAnchor' } });
    expect((await update(invited)).result).toMatchObject({ kind: 'notBelonging', fault: { code: 'PendingOrForeign' } });
  });

  it('shows an unknown text only with its values masked', async () => {
    const detail = 'Value Counsel of jane@contoso.example (room 42) is odd';
    const { result } = await update(answerJson({ detail }, 400));
    expect(result).toMatchObject({ fault: { code: 'RequestRefused', retry: 'onChange' } });
    expect(JSON.stringify(result)).toContain('Value *** of *** (room ##) is odd');
  });

  it('carries Zoom’s own request id for its support', async () => {
    const headers = { 'x-zm-trackingid': 'WEB_1' };
    const { result } = await update(answerJson({ detail: 'No' }, 400, headers));
    expect(result).toMatchObject({ fault: { request: { requestId: 'WEB_1' } } });
  });
});

describe('setUserActive and deleteUser', () => {
  it('patches the state alone', async () => {
    const { target, sent } = makeScriptedTarget([answerJson(aUser({ active: false }))]);
    expect(await target.setUserActive('u1', false, never)).toMatchObject({ account: { active: false } });
    expect(sent[0]?.method).toBe('PATCH');
    expect(JSON.parse(sent[0]?.body ?? '').Operations).toEqual([{ op: 'replace', path: 'active', value: false }]);
  });

  it('deletes without a body', async () => {
    const { target, sent } = makeScriptedTarget([status(204)]);
    expect(await target.deleteUser('u1', never)).toEqual({ kind: 'stored', account: null, targetId: 'u1' });
    expect([sent[0]?.method, sent[0]?.body]).toEqual(['DELETE', '']);
  });
});

describe('every write', () => {
  it('waits for the one before it on the same account, and not for others', async () => {
    const log: string[] = [];
    let release: (response: Response) => void = () => undefined;
    const held = new Promise<Response>((resolve) => {
      release = resolve;
    });
    const answer: Script = ({ url }) => {
      log.push(url.pathname);
      return log.length === 1 ? held : status(204);
    };
    const { target, clock } = makeScriptedTarget([answer, answer, answer, answer]);
    const first = target.updateUser('u1', { title: 'A' }, never);
    const second = target.deleteUser('u1', never);
    await passTime(clock, target.updateUser('u2', { title: 'B' }, never));
    expect(log).toEqual(['/scim2/Users/u1', '/scim2/Users/u2']);
    release(status(204));
    await passTime(clock, Promise.all([first, second]));
    expect(log).toEqual(['/scim2/Users/u1', '/scim2/Users/u2', '/scim2/Users/u1']);
  });

  it('waits for a creation of the same user name, in any case', async () => {
    const { target, clock, sent } = makeScriptedTarget([
      answerJson(aUser(), 201),
      answerJson({ detail: 'User already in the account: x', status: 409 }, 409),
    ]);
    const both = Promise.all([
      target.createUser(values, true, never),
      target.createUser({ ...values, userName: 'JANE@contoso.example' }, true, never),
    ]);
    expect((await passTime(clock, both)).map(({ kind }) => kind)).toEqual(['stored', 'conflict']);
    expect(sent).toHaveLength(2);
  });

  it('throws the signal’s reason and nothing else', async () => {
    const leaver = new AbortController();
    const { target } = makeScriptedTarget([
      () => {
        leaver.abort(new Error('enough'));
        throw new NetworkError('PUT', 'x', new Error('gone'));
      },
    ]);
    await expect(target.updateUser('u1', { title: 'A' }, leaver.signal)).rejects.toThrow('enough');
    await expect(target.readUser('u1', AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });

  it('follows no redirect and sends its token nowhere else', async () => {
    const { target, sent } = makeScriptedTarget([status(302, { location: 'https://evil.example/scim2/Users/u1' })]);
    expect(await target.readUser('u1', never)).toMatchObject({ fault: { code: 'RedirectRefused', whose: 'job' } });
    expect(sent.map(({ url }) => url.host)).toEqual(['api.zoom.example']);
  });

  it('tells the observer of each attempt, without ids', async () => {
    const { target, clock, records } = makeScriptedTarget([status(500), status(204)]);
    await passTime(clock, target.updateUser('u1', { title: 'A' }, never));
    expect(records.map(({ method, path, status: code }) => [method, path, code])).toEqual([
      ['PUT', '/scim2/Users/{id}', 500],
      ['PUT', '/scim2/Users/{id}', 204],
    ]);
  });
});
