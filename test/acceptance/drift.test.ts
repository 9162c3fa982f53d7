import { z } from 'zod';
import { checkGraphType } from '../graphTypes/checkGraphType.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

const report = z.object({
  mode: z.literal('repair'),
  value: z.array(z.object({ id: z.string().nullable(), targetId: z.string(), kind: z.string() })),
});

describe('a Zoom account that was altered by hand', () => {
  const azurite = withAzurite();
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let service: RunningService;

  beforeAll(async () => {
    const settings = { RECONCILE_MODE: 'repair' };
    service = await startService({ connectionString: azurite.connectionString(), settings });
  });
  afterAll(async () => {
    await service.close();
    told.mockRestore();
  });

  const readDrift = async () => report.parse(await (await service.call('GET', `${service.jobUrl}/drift`)).json()).value;

  it('is found and put right by a reconcile cycle, through the functions’ registrations', async () => {
    const { zoom } = service.simulators;
    const ids = ['ada', 'ben', 'cem'].map((name) => service.join(name));
    await service.runByApi();
    zoom.seed({
      users: [
        { userName: `ada@${mailDomain}`, department: 'Legal' },
        { userName: `ben@${mailDomain}`, status: 'inactive' },
        { userName: `zed@${mailDomain}` },
      ],
    });
    zoom.removeAccount(service.accountId('cem'));
    await service.runByApi('reconcile');
    const found = (await readDrift()).map(({ id, kind }) => [kind, id]);
    expect(found).toEqual([
      ['active', ids[1]],
      ['differs', ids[0]],
      ['missing', ids[2]],
      ['unmanaged', null],
    ]);
    const { execution, received } = await service.runByApi('reconcile');
    expect(execution.state).toBe('Succeeded');
    expect(received.map(({ method }) => method)).toEqual(['GET']);
    expect((await readDrift()).map(({ targetId }) => targetId)).toEqual([service.accountId('zed')]);
    const job: unknown = await (await service.call('GET', service.jobUrl)).json();
    expect(checkGraphType('synchronizationJob', job)).toEqual([]);
  });
});
