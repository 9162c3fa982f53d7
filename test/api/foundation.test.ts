import { z } from 'zod';
import { ApiError } from '../../lib/api/apiError.js';
import { graphObject } from '../../lib/api/graphBody.js';
import { parseBody } from '../../lib/api/parseBody.js';
import { parseQuery, refuseQuery } from '../../lib/api/parseQuery.js';
import { longestBodyBytes, readBodyText } from '../../lib/api/readBodyText.js';
import { serve } from '../../lib/api/serve.js';
import { stateUnavailable } from '../../lib/state/faults.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { requestOf } from './apiRequests.js';

const shape = graphObject({ value: z.array(graphObject({ key: z.string(), count: z.int() })) });

async function* chunks(...parts: readonly Uint8Array[]) {
  yield* parts;
}

const serveWith = async (error: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const unforeseen: unknown[] = [];
  const answer = await serve(requestOf({ headers }), 'Provisioning.Read', () => Promise.reject(error), {
    authorise: async () => ({ objectId: 'o', applicationId: null }),
    newId: () => 'request-1',
    nowMs: () => Date.UTC(2026, 10, 23),
    onError: (thrown) => unforeseen.push(thrown),
  });
  return { answer, unforeseen };
};

describe('a body', () => {
  it('is parsed, and annotations of Graph’s clients are passed by', async () => {
    const body = { '@odata.type': '#x', value: [{ 'value@odata.type': '#y', key: 'a', count: 1 }] };
    expect(await parseBody(requestOf({ body }), shape)).toEqual({ value: [{ key: 'a', count: 1 }] });
  });

  it('that does not fit is refused with every field named', async () => {
    const body = {
      value: [
        { key: 'a', count: 1 },
        { key: 7, count: 1.5, extra: true },
      ],
      more: 1,
    };
    const refusal = await parseBody(requestOf({ body }), shape).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 400, code: 'BadRequest', target: 'value[1].key' });
    expect(refusal instanceof ApiError && refusal.details.map(({ target }) => target)).toEqual([
      'value[1].key',
      'value[1].count',
      'value[1].extra',
      'more',
    ]);
  });

  it.each(['no json', '[1', '"text"', 'null', '7'])('that is %s is refused', async (body) => {
    await expect(parseBody(requestOf({ body }), shape)).rejects.toMatchObject({ status: 400, target: null });
  });

  it('that is empty counts as an empty object', async () => {
    expect(await parseBody(requestOf({ body: ' \n' }), graphObject({}))).toEqual({});
  });

  it('is read to its limit and no further', async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read += 1;
        yield new Uint8Array(64 * 1024);
      }
    };
    await expect(readBodyText(endless(), null)).rejects.toMatchObject({ status: 413, code: 'RequestTooLarge' });
    expect(read).toBe(longestBodyBytes / (64 * 1024) + 1);
    await expect(readBodyText(endless(), String(longestBodyBytes + 1))).rejects.toMatchObject({ status: 413 });
  });

  it('is joined before it is decoded, and must be UTF-8', async () => {
    const [first, second] = Buffer.from('é', 'utf8');
    expect(await readBodyText(chunks(Uint8Array.of(first ?? 0), Uint8Array.of(second ?? 0)), '2')).toBe('é');
    await expect(readBodyText(chunks(Uint8Array.of(0xff)), null)).rejects.toMatchObject({ status: 400 });
    expect(await readBodyText(null, null)).toBe('');
  });
});

describe('a query', () => {
  it('is parsed by name, and what is not known is refused by name', () => {
    const known = z.strictObject({ $top: z.coerce.number().int().max(999).default(100) });
    expect(parseQuery(requestOf({ query: '$top=5' }), known)).toEqual({ $top: 5 });
    expect(() => parseQuery(requestOf({ query: '$top=5000' }), known)).toThrow(/^\$top: /);
    expect(() => refuseQuery(requestOf({ query: '$expand=schema' }))).toThrow('$expand: not known here.');
    expect(() => refuseQuery(requestOf())).not.toThrow();
  });
});

describe('an error', () => {
  it('is answered as Graph’s error body with both ids', async () => {
    const error = new ApiError(409, 'CycleRunning', 'A cycle runs already.', 'cycle-1');
    const { answer } = await serveWith(error, { 'client-request-id': 'mine' });
    expect(answer).toEqual({
      status: 409,
      headers: { 'request-id': 'request-1', 'client-request-id': 'mine' },
      body: {
        error: {
          code: 'CycleRunning',
          message: 'A cycle runs already.',
          target: 'cycle-1',
          details: [],
          innerError: {
            date: '2026-11-23T00:00:00.000Z',
            'request-id': 'request-1',
            'client-request-id': 'mine',
          },
        },
      },
    });
    const { error: body } = z.object({ error: z.unknown() }).parse(answer.body);
    expect(checkGraphType('publicError', body)).toEqual([]);
  });

  it.each([['two words'], ['x'.repeat(129)], ['']])('leaves a client’s id %j out', async (id) => {
    const { answer } = await serveWith(new ApiError(404, 'ResourceNotFound', 'x'), { 'client-request-id': id });
    expect(answer.headers).toEqual({ 'request-id': 'request-1' });
  });

  it('that nobody foresaw is 500, tells nothing and is told to the log', async () => {
    const thrown = new Error('ada@contoso.example');
    const { answer, unforeseen } = await serveWith(thrown);
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'InternalServerError' } } });
    expect(JSON.stringify(answer)).not.toContain('ada');
    expect(unforeseen).toEqual([thrown]);
  });

  it('of storage is 503 with a time to come again', async () => {
    const { answer } = await serveWith(stateUnavailable('Table Jobs', new Error('down'), false));
    expect(answer).toMatchObject({ status: 503, headers: { 'Retry-After': '30' } });
  });
});
