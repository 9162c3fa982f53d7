import { ApiError } from '../../lib/api/apiError.js';
import type { ApiRequest } from '../../lib/api/apiRequest.js';
import { parseDemand, parseDryRun } from '../../lib/api/onDemandBody.js';

const requestOf = (body: unknown, query = ''): ApiRequest => ({
  method: 'POST',
  url: 'http://127.0.0.1/api',
  params: {},
  query: new URLSearchParams(query),
  header: () => null,
  readText: async () => JSON.stringify(body),
});
const user = (objectId: string) => ({ objectId, objectTypeName: 'User' });
const asked = (...subjects: object[]) => ({ parameters: [{ ruleId: 'rule', subjects }] });
const refusalOf = async (body: unknown): Promise<ApiError> => {
  const error = await parseDemand(requestOf(body)).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error('expected a refusal', { cause: error });
  return error;
};

describe('whom a request on demand names', () => {
  it('is one user', async () => {
    expect(await parseDemand(requestOf(asked(user(' ada@contoso.example '))))).toEqual({
      kind: 'people',
      names: ['ada@contoso.example'],
      isOne: true,
    });
  });

  it('is one user in the words of a client made from the metadata, whatever the case of the type', async () => {
    const body = {
      '@odata.context': 'x',
      parameters: [
        {
          '@odata.type': '#microsoft.graph.synchronizationJobApplicationParameters',
          subjects: [
            { '@odata.type': 'microsoft.graph.synchronizationJobSubject', objectId: 'a', objectTypeName: 'USER' },
          ],
        },
      ],
    };
    expect(await parseDemand(requestOf(body))).toEqual({ kind: 'people', names: ['a'], isOne: true });
  });

  it('is several users, each once, over all rules', async () => {
    const body = { parameters: [...asked(user('a'), user('b')).parameters, ...asked(user('a')).parameters] };
    expect(await parseDemand(requestOf(body))).toEqual({ kind: 'people', names: ['a', 'b'], isOne: false });
  });

  it('is a group with the members named, or with all of them', async () => {
    const group = { objectId: 'g', objectTypeName: 'Group' };
    const members = [user('a')];
    expect(await parseDemand(requestOf(asked({ ...group, links: { members } })))).toEqual({
      kind: 'people',
      names: ['a'],
      isOne: false,
    });
    expect(await parseDemand(requestOf(asked(group)))).toEqual({ kind: 'group', groupId: 'g' });
  });

  it.each([
    [{}, 'parameters'],
    [{ parameters: [] }, 'parameters'],
    [{ parameters: [{}] }, 'parameters[0].subjects'],
    [asked({ objectTypeName: 'User' }), 'parameters[0].subjects[0].objectId'],
    [asked({ objectId: '  ', objectTypeName: 'User' }), 'parameters[0].subjects[0].objectId'],
    [asked({ objectId: 'a', objectTypeName: 'Device' }), 'parameters[0].subjects[0].objectTypeName'],
    [asked({ ...user('a'), links: { members: [] } }), 'parameters[0].subjects[0].links'],
    [
      asked({
        objectId: 'g',
        objectTypeName: 'Group',
        links: { members: [{ objectId: 'h', objectTypeName: 'Group' }] },
      }),
      'parameters[0].subjects[0].links.members[0].objectTypeName',
    ],
    [
      asked({ objectId: 'g', objectTypeName: 'Group', links: { members: [] } }),
      'parameters[0].subjects[0].links.members',
    ],
    [asked({ objectId: 'g', objectTypeName: 'Group' }, user('a')), 'parameters'],
  ])('is refused by the field: %j', async (body, field) => {
    const { status, target } = await refusalOf(body);
    expect([status, target]).toEqual([400, field]);
  });
});

describe('the switch for a dry run', () => {
  it.each([
    ['', false],
    ['dryRun=false', false],
    ['dryRun=true', true],
  ])('reads "%s"', (query, expected) => {
    expect(parseDryRun(requestOf({}, query))).toBe(expected);
  });

  it('is refused where it is neither', () => {
    expect(() => parseDryRun(requestOf({}, 'dryRun=1'))).toThrow(/dryRun/);
  });
});
