import { linesOf, runLine } from './commandLineRun.js';
import { createFakeService, environment, jobPath } from './fakeService.js';

const changed = {
  id: 'source',
  objectType: 'User',
  targetId: 'account',
  kind: 'differs',
  differences: [{ path: 'displayName', wanted: 'Ada', found: null }],
};
const nobodys = { id: null, objectType: 'User', targetId: 'other', kind: 'unmanaged', differences: [] };
const body = (value: readonly object[]) => ({ body: { mode: 'report', reconciledDateTime: null, value } });

describe('What was changed in Zoom', () => {
  it('is shown with what was wanted and found, and as objects with --json', async () => {
    const answers = { [`GET ${jobPath}/drift`]: [body([changed, nobodys])] };
    const shown = await runLine(['drift'], { environment, send: createFakeService(answers).send });
    expect(shown).toMatchObject({ code: 0, output: expect.stringContaining('displayName: wanted "Ada", found –') });
    expect(shown.output).toContain('2 findings.');
    const json = await runLine(['drift', '--json'], { environment, send: createFakeService(answers).send });
    expect(linesOf(json.output)).toEqual([changed, nobodys]);
  });

  it('is asked for by kind', async () => {
    const asked: string[] = [];
    const send: typeof fetch = async (input, init) => {
      asked.push(new URL(new Request(input, init).url).searchParams.get('$filter') ?? '');
      return Response.json(body([nobodys]).body);
    };
    const { output } = await runLine(['drift', '--kind', 'unmanaged', '--json'], { environment, send });
    expect(linesOf(output)).toEqual([nobodys]);
    expect(asked).toEqual(["kind eq 'unmanaged'"]);
  });
});
