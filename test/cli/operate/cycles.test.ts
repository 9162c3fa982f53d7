import { PassThrough } from 'node:stream';
import { linesOf, runLine } from './commandLineRun.js';
import { createFakeService, environment, jobAnswer, jobPath } from './fakeService.js';

const accepted = { [`POST ${jobPath}/run`]: [{ status: 202, body: { id: 'mine' } }] };

describe('Following a cycle', () => {
  it('draws a bar with the objects and the time left while it runs', async () => {
    const drawn: string[] = [];
    const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
    screen.on('data', (part: Buffer) => drawn.push(part.toString()));
    const { send } = createFakeService({
      ...accepted,
      [`GET ${jobPath}`]: [jobAnswer(), jobAnswer({ progress: [40, 160, 240] }), jobAnswer({ last: 'mine' })],
    });
    const { code, output } = await runLine(['run'], { environment, send, screen });
    expect(code).toBe(0);
    expect(drawn.join('')).toMatch(/Cycle \[=+-+\] 40\/160 4 min left/);
    expect(output).toBe(
      'Succeeded, 2026-08-01 11:00:04Z, in 4 s: 3 changes, 1 failed\nWho and why: logs --cycle mine\n',
    );
  });

  it('writes a line now and then where nobody watches, and none with --json', async () => {
    const answers = {
      ...accepted,
      [`GET ${jobPath}`]: [
        ...Array.from({ length: 40 }, () => jobAnswer({ progress: [40, 160, 30] })),
        jobAnswer({ last: 'mine' }),
      ],
    };
    const lines = await runLine(['run'], { environment, send: createFakeService(answers).send });
    expect(lines.errors).toBe('Cycle: 40 of 160, 30 s left\n');
    const json = await runLine(['run', '--json'], { environment, send: createFakeService(answers).send });
    expect(json.errors).toBe('');
    expect(linesOf(json.output)).toMatchObject([{ activityIdentifier: 'mine', state: 'Succeeded' }]);
  });

  it('answers at once with --no-wait', async () => {
    const { send, asked } = createFakeService(accepted);
    const { output } = await runLine(['run', '--no-wait', '--kind', 'initial', '--json'], { environment, send });
    expect(linesOf(output)).toEqual([{ id: 'mine' }]);
    expect(asked.map(({ body }) => body)).toEqual(['{"kind":"initial"}']);
  });

  it('fails where the cycle failed', async () => {
    const { send } = createFakeService({
      ...accepted,
      [`GET ${jobPath}`]: [jobAnswer({ last: 'mine', lastState: 'Failed' })],
    });
    expect(await runLine(['run'], { environment, send })).toMatchObject({ code: 1 });
  });

  it('does not wait for a cycle that cannot end', async () => {
    const paused = createFakeService({ ...accepted, [`GET ${jobPath}`]: [jobAnswer({ state: 'Paused' })] });
    const stopped = await runLine(['run'], { environment, send: paused.send });
    expect(stopped).toMatchObject({ code: 1, errors: expect.stringContaining('The job is paused') });

    const replaced = createFakeService({
      ...accepted,
      [`GET ${jobPath}`]: [jobAnswer({ last: 'old' }), jobAnswer({ last: 'other' })],
    });
    const other = await runLine(['run'], { environment, send: replaced.send });
    expect(other).toMatchObject({ code: 1, errors: expect.stringContaining('Cycle other has ended in place of mine') });
  });

  it('watches the cycle that is about to begin, and gives up where none does', async () => {
    const begins = createFakeService({
      [`GET ${jobPath}`]: [
        jobAnswer({ last: 'old' }),
        jobAnswer({ last: 'old', progress: [1, 2, 3] }),
        jobAnswer({ last: 'new' }),
      ],
    });
    const watched = await runLine(['status', '--watch', '--json'], { environment, send: begins.send });
    expect(linesOf(watched.output)).toMatchObject([{ status: { lastExecution: { activityIdentifier: 'new' } } }]);

    const never = createFakeService({ [`GET ${jobPath}`]: [jobAnswer({ last: 'old' })] });
    expect(await runLine(['status', '--watch'], { environment, send: never.send })).toMatchObject({ code: 0 });
    expect(never.asked).toHaveLength(11);
  });

  it('outlasts a line that drops, and stops when interrupted', async () => {
    const dropped = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
    const { send } = createFakeService({
      ...accepted,
      [`GET ${jobPath}`]: [dropped, dropped, jobAnswer({ last: 'mine' })],
    });
    expect(await runLine(['run'], { environment, send })).toMatchObject({ code: 0 });

    const interrupted = new AbortController();
    const endless = createFakeService({ ...accepted, [`GET ${jobPath}`]: [jobAnswer({ progress: [1, 2, 3] })] });
    const waiting = runLine(['run'], {
      environment,
      send: endless.send,
      signal: interrupted.signal,
      whileWaiting: async () => interrupted.abort(new Error('Interrupted.')),
    });
    await expect(waiting).rejects.toThrow('Interrupted.');
  });

  it('tells of a quarantine, with its cause, by its exit code too', async () => {
    const quarantine = {
      reason: 'EncounteredQuarantineException',
      nextAttempt: '2026-08-01T18:00:00Z',
      seriesBegan: '2026-08-01T06:00:00Z',
      error: { code: 'CredentialsInvalid', message: 'Enter them\u001b[2J again.' },
    };
    const { send } = createFakeService({ [`GET ${jobPath}`]: [jobAnswer({ last: 'old', quarantine })] });
    const { code, output } = await runLine(['status'], { environment, send });
    expect(code).toBe(1);
    expect(output).toContain('CredentialsInvalid: Enter them [2J again.');
    expect(output).toContain('Next attempt  2026-08-01 18:00:00Z');
  });
});
