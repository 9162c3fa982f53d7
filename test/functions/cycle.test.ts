import { type LocalHost, startLocalHost } from '../../lib/sandbox/host/localHost.js';
import type { HostLog, LogLine } from '../../lib/sandbox/host/log.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { loadIsolated } from '../sandbox/host/loadIsolated.js';

describe('the queue’s doors', () => {
  const azurite = withAzurite();
  const lines: LogLine[] = [];
  const log: HostLog = (line) => void lines.push(line);
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let host: LocalHost;

  beforeAll(async () => {
    host = await startLocalHost({
      settings: {
        PORT: '0',
        AzureWebJobsStorage: azurite.connectionString(),
        ENTRA_TENANT_ID: '11111111-1111-4111-8111-111111111111',
        ENTRA_SERVICE_PRINCIPAL_ID: '22222222-2222-4222-8222-222222222222',
        PROVISIONING_STATUS: 'off',
        ZOOM_AUTH: 'bearer',
        ZOOM_BEARER_TOKEN: 'token',
      },
      entry: 'dist/functions/index.js',
      loadEntry: loadIsolated,
      triggers: 'held',
      log,
    });
  });
  afterAll(async () => {
    await host.stop();
    told.mockRestore();
  });

  it('drop a message with nothing to do, and fail for one that is no slice', async () => {
    await host.invokeQueue('cycle', { jobId: 'job', cycleId: null, slice: 1 });
    await expect(host.invokeQueue('cycle', { slice: 'first' })).rejects.toThrow();
  });

  it.each([
    [{ jobId: 'job', cycleId: 'c1', slice: 4 }, 'Slice 4 of cycle c1 was given up'],
    ['no json', 'A message that names no slice was given up'],
  ])('tell of a poison message as an error: %j', async (message, text) => {
    lines.length = 0;
    told.mockClear();
    await host.invokeQueue('cyclePoison', message);
    expect(lines.filter(({ level }) => level === 'error').map((line) => line.message)).toEqual([
      expect.stringContaining(text),
    ]);
    expect(told.mock.calls.join('')).toContain('PoisonMessage');
  });
});
