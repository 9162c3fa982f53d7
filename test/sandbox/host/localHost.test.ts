import { startLocalHost } from '../../../lib/sandbox/host/localHost.js';
import { createHeldClock } from '../../fakes/heldClock.js';
import { loadIsolated } from './loadIsolated.js';
import { settled } from './standInInvoker.js';
import { fixtureEntry, startFixture, stopFixtures } from './startFixture.js';

afterEach(async () => {
  await stopFixtures();
  globalThis.fixtureGate = undefined;
});

describe('an app on the local host', () => {
  test('is loaded with its settings in the environment, which are taken back when it stops', async () => {
    const { host, saw } = await startFixture({ FIXTURE_GREETING: 'hello' });
    expect(saw('loaded')).toEqual(['aGVsbG8']);
    expect(process.env.FIXTURE_GREETING).toBe('hello');
    await host.stop();
    expect(process.env.FIXTURE_GREETING).toBeUndefined();
  });

  test('can be loaded a second time in one process, with other settings', async () => {
    const first = await startFixture({ FIXTURE_GREETING: 'one' });
    await first.host.stop();
    const second = await startFixture({ FIXTURE_GREETING: 'two' });
    expect(second.saw('loaded')).toEqual(['b25l', 'dHdv']);
    expect(second.host.functions.map((hosted) => hosted.name)).toContain('tick');
    await second.host.invokeTimer('tick', new Date('2026-11-23T10:00:00Z'));
    expect(second.saw('tick')).toHaveLength(1);
  });

  test('runs its appStart hooks at start and its appTerminate hooks at stop', async () => {
    const { host, saw } = await startFixture();
    expect([saw('appStart').length, saw('appTerminate').length]).toEqual([1, 0]);
    await host.stop();
    expect(saw('appTerminate')).toHaveLength(1);
  });

  test('that registers nothing is refused', async () => {
    const start = startFixture({}, { entry: fixtureEntry('empty') });
    await expect(start).rejects.toMatchObject({ code: 'EntryRegistersNothing' });
  });

  test('whose schedule names a setting that is missing is refused with its name', async () => {
    const start = startLocalHost({
      settings: { PORT: '0' },
      entry: fixtureEntry('app'),
      loadEntry: loadIsolated,
      log: () => undefined,
    });
    await expect(start).rejects.toMatchObject({
      code: 'SettingMissing',
      message: 'Function tick, schedule: the setting FIXTURE_SCHEDULE is not set',
    });
  });

  test('whose schedule is none is refused with the faulty field', async () => {
    await expect(startFixture({ FIXTURE_SCHEDULE: '0 61 * * * *' })).rejects.toThrow(
      'minute "61": expected a value from 0 to 59',
    );
  });

  test('whose queue has no storage account is refused with the setting to set', async () => {
    const start = startFixture({ FixtureStorage: '' });
    await expect(start).rejects.toThrow('The setting FixtureStorage is not set');
  });
});

describe('invoking by hand', () => {
  test('a timer sees its schedule status, past due or not', async () => {
    const { host, saw } = await startFixture();
    await host.invokeTimer('tick', new Date('2026-11-23T10:00:00Z'));
    await host.invokeTimer('tick', new Date('2026-11-23T10:07:00Z'));
    expect(saw('tick')[1]).toEqual({
      schedule: { adjustForDST: true },
      scheduleStatus: {
        last: '2026-11-23T10:00:00.000Z',
        next: '2026-11-23T10:05:00.000Z',
        lastUpdated: '2026-11-23T10:00:00.000Z',
      },
      isPastDue: false,
    });
  });

  test('a queue function gets an object back as an object, with the trigger metadata', async () => {
    const { host, saw } = await startFixture();
    await host.invokeQueue('work', { jobId: 'a', seq: 2 }, 3);
    expect(saw('work')).toEqual([
      {
        message: { jobId: 'a', seq: 2 },
        metadata: expect.objectContaining({ dequeueCount: 3, queueTrigger: { jobId: 'a', seq: 2 } }),
      },
    ]);
  });

  test('what the function throws comes through, and its hooks see it', async () => {
    const { host, saw, lines } = await startFixture();
    await expect(host.invokeQueue('work', 'refuse')).rejects.toThrow('refused');
    expect(saw('failed')).toEqual([['work', 'Error: refused']]);
    expect(lines.filter((line) => line.level === 'error')).toEqual([
      expect.objectContaining({ functionName: 'work', invocationId: expect.any(String) }),
    ]);
  });

  test('a name that nobody registered is an error', async () => {
    const { host } = await startFixture();
    await expect(host.invokeTimer('work', new Date())).rejects.toMatchObject({ code: 'FunctionUnknown' });
    await expect(host.invokeQueue('tick', 'x')).rejects.toMatchObject({ code: 'FunctionUnknown' });
  });

  test('context.log reaches the log with function and invocation, as its hooks leave it', async () => {
    const { host, lines } = await startFixture();
    await host.invokeTimer('tick', new Date());
    expect(lines).toContainEqual({
      level: 'information',
      message: 'ticking, ***',
      category: 'Function.tick.User',
      functionName: 'tick',
      invocationId: expect.any(String),
    });
  });
});

describe('stopping', () => {
  test('answers what is under way and takes nothing new', async () => {
    const { promise, resolve: open } = Promise.withResolvers<void>();
    globalThis.fixtureGate = promise;
    const { host, saw } = await startFixture();
    const answer = fetch(`${host.url}/api/wait`);
    while (saw('waiting').length === 0) await settled();
    const stopped = host.stop();
    await settled();
    expect((await host.invokeHttp(new Request('http://host/api/bytes'))).status).toBe(503);
    expect(saw('appTerminate')).toHaveLength(1);
    open();
    expect(await (await answer).text()).toBe('waited');
    expect(await stopped).toBe(true);
  });

  test('does not wait for ever', async () => {
    const clock = createHeldClock();
    const { host, saw } = await startFixture({}, { clock, stopWithinMs: 10_000 });
    const answer = fetch(`${host.url}/api/wait`).catch((error: unknown) => error);
    while (saw('waiting').length === 0) await settled();
    const stopped = host.stop();
    await settled();
    clock.advance(10_000);
    expect(await stopped).toBe(false);
    expect(await answer).toMatchObject({ message: 'fetch failed' });
  });
});
