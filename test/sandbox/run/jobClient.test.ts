import { createJobClient } from '../../../lib/sandbox/run/jobClient.js';

const jobUrl = 'http://127.0.0.1:1/api/servicePrincipals/sp/synchronization/jobs/job';

const clientThatHears = (status: number, body: unknown) => {
  const asked: string[] = [];
  const client = createJobClient(jobUrl, 'token', async (input, init) => {
    const authorization = new Headers(init?.headers).get('authorization');
    asked.push(`${init?.method ?? 'GET'} ${String(input)} ${authorization} ${String(init?.body ?? '')}`.trim());
    return Response.json(body, { status });
  });
  return { client, asked, signal: new AbortController().signal };
};

describe('the job through its routes', () => {
  it('is asked for an incremental cycle', async () => {
    const { client, asked, signal } = clientThatHears(202, { id: 'cycle-1' });
    expect(await client.requestCycle(signal)).toBe('cycle-1');
    expect(asked).toEqual([`POST ${jobUrl}/run Bearer token {"kind":"incremental"}`]);
  });

  it('names the cycle that runs already', async () => {
    const error = { code: 'CycleRunning', message: 'A cycle runs already.', target: 'cycle-0' };
    const { client, signal } = clientThatHears(409, { error });
    expect(await client.requestCycle(signal)).toBe('cycle-0');
  });

  it('says why the job refuses', async () => {
    const { client, signal } = clientThatHears(409, { error: { code: 'JobPaused', message: 'The job is off.' } });
    await expect(client.requestCycle(signal)).rejects.toThrow('The job refused to run: JobPaused, The job is off.');
  });

  it('says what an unexpected answer was', async () => {
    const { client, signal } = clientThatHears(503, { error: 'down' });
    await expect(client.readStatus(signal)).rejects.toThrow(`GET ${jobUrl} answered 503: {"error":"down"}`);
  });

  it('tells which cycle ended last, and quarantine', async () => {
    const { client, signal } = clientThatHears(200, {
      status: { lastExecution: { activityIdentifier: 'cycle-1' }, quarantine: { reason: 'TooManyDeletes' } },
    });
    expect(await client.readStatus(signal)).toEqual({ lastCycleId: 'cycle-1', quarantineReason: 'TooManyDeletes' });
    const fresh = clientThatHears(200, { status: { lastExecution: null, quarantine: null } });
    expect(await fresh.client.readStatus(signal)).toEqual({ lastCycleId: null, quarantineReason: null });
  });
});
