import { linesOf, runLine } from './commandLineRun.js';
import { createFakeService, environment, jobPath } from './fakeService.js';

const path = `${jobPath}/provisionOnDemand`;
const report = (status: string) => ({
  action: 'Create',
  reportableIdentifier: 'ann@contoso.example',
  statusInfo: {
    status,
    errorCode: status === 'Failure' ? 'LicenseLimitExceeded' : null,
    reason: status === 'Failure' ? 'No seat is left.' : null,
    recommendedAction: status === 'Failure' ? 'Buy seats.' : null,
  },
  modifiedProperties: [{ displayName: 'userName', oldValue: null, newValue: 'ann@contoso.example' }],
  provisioningSteps: [
    { name: 'EntryImport', status: 'Success', description: 'Read.', details: { department: 'Sales' } },
    { name: 'EntryExportAdd', status, description: 'Asked Zoom.', details: {} },
  ],
  sourceIdentity: { id: 'ann', displayName: 'Ann' },
  targetIdentity: { id: 'zoom-1', displayName: null },
});
const answer = (result: string, value: unknown) => ({
  body: { key: JSON.stringify({ result, details: {} }), value: JSON.stringify(value) },
});
const run = (state: string, done: number, failure = 0, error: object | null = null) => ({
  status: state === 'running' && done === 0 ? 202 : 200,
  body: {
    id: 'call',
    state,
    progress: { completedUnits: done, totalUnits: 40, units: 'users' },
    counts: { success: done - failure, skipped: 0, failure },
    error,
  },
});

describe('provision', () => {
  it('names people, members of a group, or a whole group as Graph does', async () => {
    const { send, asked } = createFakeService({
      [`POST ${path}`]: [answer('Success', [report('Success')])],
      [`POST ${path}?dryRun=true`]: [answer('Success', [report('Success')])],
    });
    for (const line of ['ann ben', '--group g', 'ann --group g --dry-run']) {
      expect(await runLine(['provision', ...line.split(' ')], { environment, send })).toMatchObject({ code: 0 });
    }
    const user = (objectId: string) => ({ objectId, objectTypeName: 'User' });
    const group = { objectId: 'g', objectTypeName: 'Group' };
    expect(asked.map(({ body }): unknown => JSON.parse(body))).toEqual([
      { parameters: [{ subjects: [user('ann'), user('ben')] }] },
      { parameters: [{ subjects: [group] }] },
      { parameters: [{ subjects: [{ ...group, links: { members: [user('ann')] } }] }] },
    ]);
    expect(asked.map((one) => one.path)).toEqual([path, path, `${path}?dryRun=true`]);
  });

  it('shows why somebody failed and what to do, and fails itself', async () => {
    const { send } = createFakeService({ [`POST ${path}`]: [answer('Failure', report('Failure'))] });
    const { code, output } = await runLine(['provision', 'ann'], { environment, send });
    expect(code).toBe(1);
    for (const part of ['No seat is left.', 'Buy seats.', 'EntryExportAdd', 'department: Sales', 'zoom-1']) {
      expect(output).toContain(part);
    }
  });

  it('stays with a call that goes on in the queue', async () => {
    const goesOn = createFakeService({
      [`POST ${path}`]: [run('running', 0)],
      [`GET ${path}/call`]: [run('running', 20), run('completed', 40, 1)],
    });
    const ended = await runLine(['provision', '--group', 'g'], { environment, send: goesOn.send });
    expect(ended).toMatchObject({ code: 1, output: '39 done, 0 skipped, 1 failed\nWho and why: logs --cycle call\n' });

    const breaksOff = createFakeService({
      [`POST ${path}`]: [run('running', 0)],
      [`GET ${path}/call`]: [run('failed', 20, 0, { code: 'GraphTokenRejected' })],
    });
    const failed = await runLine(['provision', '--group', 'g', '--json'], { environment, send: breaksOff.send });
    expect(failed.code).toBe(1);
    expect(linesOf(failed.output)).toMatchObject([{ state: 'failed' }]);
    expect(failed.errors).toContain('GraphTokenRejected');
  });

  it('does not take another answer for the service’s', async () => {
    const { send } = createFakeService({ [`POST ${path}`]: [{ body: { key: 'text', value: '{}' } }] });
    const { code, errors } = await runLine(['provision', 'ann'], { environment, send });
    expect(code).toBe(1);
    expect(errors).toContain('key: expected JSON in a text');
  });
});
