import { answerJson } from '../fakes/scriptedSend.js';
import { answerError, createFixture, faultOf, listWaits, signal, timeoutMs } from './directoryFixture.js';

const good = () => answerJson({ value: [{ id: 'u1' }] });
const busy = (headers: Record<string, string> = {}, status = 429) => answerError(status, 'TooManyRequests', headers);
const resetSocket = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
};

describe('a throttled read', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Mon, 23 Nov 2026 00:00:12 GMT', 12_000],
    ['an instant', '2026-11-23T00:00:05Z', 5_000],
  ])('waits as Retry-After says in %s', async (_, value, waitMs) => {
    const fixture = createFixture([busy({ 'retry-after': value }), good()]);
    expect((await fixture.directory.listDeletedUsers(null, signal)).rows).toEqual(['u1']);
    expect(listWaits(fixture)).toEqual([waitMs]);
  });

  it('backs off where Graph does not say for how long', async () => {
    const fixture = createFixture([busy(), busy({}, 509), busy(), good()]);
    await fixture.directory.listDeletedUsers(null, signal);
    expect(listWaits(fixture)).toEqual([1_000, 2_000, 4_000]);
  });

  it('does not begin a wait beyond its limit and says when to come back', async () => {
    const fixture = createFixture([busy({ 'retry-after': '600', 'request-id': 'r-1' })]);
    const fault = await faultOf(fixture.directory.listDeletedUsers(null, signal));
    expect(fault).toMatchObject({
      code: 'SourceThrottled',
      whose: 'source',
      retry: 'at',
      retryAt: '2026-11-23T00:10:00.000Z',
      request: { status: 429, requestId: 'r-1' },
    });
    expect(listWaits(fixture)).toEqual([]);
  });

  it('takes what is left of a slice as the limit', async () => {
    const fixture = createFixture([busy({ 'retry-after': '5' }), busy({ 'retry-after': '5' })], {
      maxWaitMs: () => 8_000,
    });
    expect((await faultOf(fixture.directory.listDeletedUsers(null, signal))).code).toBe('SourceThrottled');
    expect(listWaits(fixture)).toEqual([5_000]);
  });
});

describe('a read while Graph is unwell', () => {
  it.each([408, 500, 502, 503, 504])('is tried again after a %i', async (status) => {
    const fixture = createFixture([new Response('<html>oops</html>', { status }), good()]);
    expect((await fixture.directory.listDeletedUsers(null, signal)).rows).toEqual(['u1']);
  });

  it('is given up after four attempts', async () => {
    const fixture = createFixture(Array.from({ length: 4 }, () => answerError(503, 'serviceNotAvailable')));
    const fault = await faultOf(fixture.directory.listDeletedUsers(null, signal));
    expect(fault).toMatchObject({
      code: 'SourceUnavailable',
      whose: 'source',
      request: { status: 503, requestId: 'inner-1' },
    });
    expect(fault.message).toContain('503 (servicenotavailable)');
    expect(fixture.sent).toHaveLength(4);
  });

  it('is not repeated after a 501, which says that a property cannot be read', async () => {
    const { directory, sent } = createFixture([answerError(501, 'NotImplemented')]);
    expect((await faultOf(directory.listDeletedUsers(null, signal))).code).toBe('SourceQueryRejected');
    expect(sent).toHaveLength(1);
  });

  it('never repeats Graph’s own text, which may hold somebody’s name', async () => {
    const { directory } = createFixture([answerError(400, 'Request_BadRequest')]);
    const fault = await faultOf(directory.listDeletedUsers(null, signal));
    expect(JSON.stringify(fault)).not.toContain('someone@contoso.com');
    expect(fault.message).toContain('request_badrequest');
  });
});

describe('a read over a bad connection', () => {
  it('is tried again after a reset', async () => {
    const { directory, sent } = createFixture([resetSocket, good()]);
    expect((await directory.listDeletedUsers(null, signal)).rows).toEqual(['u1']);
    expect(sent).toHaveLength(2);
  });

  it('is given up after four attempts with what the network said', async () => {
    const { directory } = createFixture([resetSocket, resetSocket, resetSocket, resetSocket]);
    const fault = await faultOf(directory.listDeletedUsers(null, signal));
    expect(fault).toMatchObject({ code: 'SourceUnreachable', request: { status: null } });
    expect(fault.message).toContain('ECONNRESET');
  });

  it('ends by time-out where nothing comes', async () => {
    const fixture = createFixture([() => new Promise<Response>(() => undefined), good()]);
    const read = fixture.directory.listDeletedUsers(null, signal);
    while (fixture.sent.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    fixture.clock.advance(timeoutMs);
    expect((await read).rows).toEqual(['u1']);
    expect(fixture.records.map(({ status, failure }) => status ?? failure)).toEqual([200]);
  });

  it('ends with the caller’s reason when the slice is over', async () => {
    const caller = new AbortController();
    const { directory, sent } = createFixture([
      () => {
        caller.abort(new Error('slice over'));
        return resetSocket();
      },
    ]);
    await expect(directory.listDeletedUsers(null, caller.signal)).rejects.toThrow('slice over');
    expect(sent).toHaveLength(1);
  });

  it('does not begin when the slice is over already', async () => {
    const { directory, sent } = createFixture([good()]);
    await expect(directory.listDeletedUsers(null, AbortSignal.abort(new Error('slice over')))).rejects.toThrow(
      'slice over',
    );
    expect(sent).toHaveLength(0);
  });
});

describe('an answer that cannot be read', () => {
  const html = () => new Response('<html>proxy</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
  const cut = () => new Response('{"value":[{"id":"u1"', { headers: { 'content-type': 'application/json' } });
  const untyped = () => new Response(new Uint8Array([123, 125]));

  it.each([
    ['a page of a proxy', html, 'text/html'],
    ['JSON that breaks off', cut, 'not whole JSON'],
    ['no content type', untyped, 'missing'],
  ])('is asked for once more and then is a fault: %s', async (_, answer, detail) => {
    const { directory, sent } = createFixture([answer(), answer()]);
    const fault = await faultOf(directory.listDeletedUsers(null, signal));
    expect(fault).toMatchObject({ code: 'SourceUnreadable', whose: 'source', request: { status: 200 } });
    expect(fault.message).toContain(detail);
    expect(sent).toHaveLength(2);
  });

  it('is forgotten where the second attempt is well', async () => {
    const { directory } = createFixture([html(), good()]);
    expect((await directory.listDeletedUsers(null, signal)).rows).toEqual(['u1']);
  });
});

describe('a rejected token', () => {
  it('is dropped and replaced once', async () => {
    const tokens = ['old', 'new'];
    const getToken = jest.fn(async (_: AbortSignal, _rejected?: string) => tokens.shift() ?? 'none');
    const { directory, sent } = createFixture([answerError(401, 'InvalidAuthenticationToken'), good()], { getToken });
    expect((await directory.listDeletedUsers(null, signal)).rows).toEqual(['u1']);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    expect(getToken.mock.calls.map(([, rejected]) => rejected)).toEqual([undefined, 'old']);
  });

  it('is a fault of the job the second time', async () => {
    const { directory, sent } = createFixture([answerError(401, 'a'), answerError(401, 'a')]);
    expect(await faultOf(directory.listDeletedUsers(null, signal))).toMatchObject({
      code: 'GraphTokenRejected',
      whose: 'job',
    });
    expect(sent).toHaveLength(2);
  });

  it('is not among a fault’s words', async () => {
    const { directory } = createFixture([answerError(401, 'a'), answerError(401, 'a')], {
      getToken: async () => 'hush-hush',
    });
    expect(JSON.stringify(await faultOf(directory.listDeletedUsers(null, signal)))).not.toContain('hush-hush');
  });

  it('that cannot be had is a fault of the job, without the credential’s words', async () => {
    const { directory, sent } = createFixture([], {
      getToken: async () => {
        throw new Error('tenant secret');
      },
    });
    const fault = await faultOf(directory.listDeletedUsers(null, signal));
    expect(fault).toMatchObject({ code: 'GraphTokenUnavailable', whose: 'job' });
    expect(JSON.stringify(fault)).not.toContain('secret');
    expect(sent).toHaveLength(0);
  });
});

it('a missing permission is a fault of the job that says what to grant', async () => {
  const { directory, sent } = createFixture([answerError(403, 'Authorization_RequestDenied')]);
  const fault = await faultOf(directory.listDeletedUsers(null, signal));
  expect(fault).toMatchObject({ code: 'InsufficientGraphPermissions', whose: 'job' });
  expect(fault.recommendedAction).toContain('User.Read.All');
  expect(sent).toHaveLength(1);
});

it('every attempt is recorded without ids', async () => {
  const { directory, records } = createFixture([busy({ 'retry-after': '1', 'request-id': 'r-1' }), good()]);
  await directory.listDeletedUsers(null, signal);
  expect(records).toMatchObject([
    {
      service: 'graph',
      method: 'GET',
      path: '/v1.0/directory/deletedItems/microsoft.graph.user',
      status: 429,
      requestId: 'r-1',
    },
    { status: 200, clientRequestId: 'client-request-1' },
  ]);
});
