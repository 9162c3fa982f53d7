import { linesOf, runLine } from './commandLineRun.js';
import { createFakeService, environment, jobPath } from './fakeService.js';

const path = `${jobPath}/preview`;
const operation = (name: string, action = 'disable') => ({
  id: name,
  action,
  sourceIdentity: { id: `${name}-id`, displayName: name, userPrincipalName: `${name}@contoso.example` },
  targetIdentity: null,
  modifiedProperties: [{ displayName: 'active', oldValue: 'True', newValue: 'False' }],
  code: null,
  reason: "department = 'HR', wanted 'Sales'",
});
const report = (state: string, operations: readonly object[] = [], link?: string) => ({
  body: {
    id: 'p',
    state,
    kind: 'initial',
    counts: state === 'running' ? null : { create: 0, disable: 2, hold: 1 },
    skips: { NotEffectivelyEntitled: 4 },
    failures: {},
    incomplete: false,
    error: null,
    operations,
    ...(link === undefined ? {} : { 'operations@nextLink': link }),
  },
});

describe('preview', () => {
  it('waits for the dry run of an unsaved schema, and shows all that it would do', async () => {
    const { send, asked } = createFakeService({
      [`POST ${path}`]: [{ status: 202, body: { id: 'p' } }],
      [`GET ${path}?%24top=1`]: [report('running'), report('completed', [operation('ann')])],
      [`GET ${path}?%24top=100`]: [report('completed', [operation('ann')], `${path}?$top=100&$skiptoken=next`)],
      [`GET ${path}?%24top=100&%24skiptoken=next`]: [report('completed', [operation('ben', 'hold')])],
    });
    const files = new Map([['schema.json', '{"synchronizationRules":[]}']]);
    const line = ['preview', '--kind', 'initial', '--schema', 'schema.json', '--scope', 'all'];
    const { code, output } = await runLine(line, { environment, send, files });
    expect(code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      kind: 'initial',
      schema: { synchronizationRules: [] },
      settings: { scope: 'all' },
    });
    expect(output).toMatch(/Would do +disable 2, hold 1/);
    expect(output).toMatch(/Skipped +NotEffectivelyEntitled 4/);
    for (const part of ['ann@contoso.example', 'ben@contoso.example', 'active: True → False', "wanted 'Sales'"]) {
      expect(output).toContain(part);
    }
  });

  it('shows no more operations than asked for, as JSON lines too', async () => {
    const { send } = createFakeService({
      [`GET ${path}?%24top=2&action=disable`]: [
        report('completed', [operation('ann'), operation('ben')], 'next?$top=2'),
      ],
    });
    const line = ['preview', 'show', '--most', '2', '--action', 'disable', '--json'];
    const { output, errors } = await runLine(line, { environment, send });
    expect(linesOf(output)).toMatchObject([{ state: 'completed' }, { id: 'ann' }, { id: 'ben' }]);
    expect(errors).toContain('No more than 2 operations');
  });

  it('fails where the dry run did, and where the schema is no JSON', async () => {
    const { send } = createFakeService({ [`GET ${path}?%24top=100`]: [report('failed')] });
    expect(await runLine(['preview', 'show'], { environment, send })).toMatchObject({ code: 1 });
    const files = new Map([['broken.json', '{']]);
    const broken = await runLine(['preview', '--schema', 'broken.json'], { environment, files });
    expect(broken).toMatchObject({ code: 2, errors: expect.stringContaining('broken.json is no JSON') });
  });
});
