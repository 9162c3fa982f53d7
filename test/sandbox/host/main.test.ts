import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { withAzurite } from '../azurite/withAzurite.js';
import { fixtureEntry } from './startFixture.js';

const azurite = withAzurite();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const main = path.resolve(__dirname, '../../../lib/sandbox/host/main.js');

/** The real program over the fixture app, in a folder of its own. */
class HostProcess {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'host-'));
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;
  output = '';

  constructor(settings: Record<string, string>, args: readonly string[] = []) {
    writeFileSync(path.join(this.#folder, 'package.json'), JSON.stringify({ main: fixtureEntry('app') }));
    writeFileSync(path.join(this.#folder, 'host.json'), JSON.stringify({ version: '2.0' }));
    writeFileSync(path.join(this.#folder, 'local.settings.json'), JSON.stringify({ Values: settings }));
    this.#child = spawn(process.execPath, [main, ...args], { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(this.#child);
    this.#exited = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found !== null) return found[1] ?? found[0];
      if (this.#child.exitCode !== null) throw new Error(`The host ended before ${pattern}: ${this.output}`);
      await Promise.race([
        once(this.#child.stdout ?? this.#child, 'data'),
        once(this.#child.stderr ?? this.#child, 'data'),
        this.#exited,
      ]);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ended(): Promise<number | null> {
    await this.#exited;
    rmSync(this.#folder, { recursive: true });
    return this.#child.exitCode;
  }
}

describe('the program', () => {
  test('serves routes, fires timers, takes messages, and ends with 0 on SIGTERM', async () => {
    const host = new HostProcess({
      PORT: '0',
      FIXTURE_SCHEDULE: '* * * * * *',
      FixtureStorage: azurite.connectionString(),
      AzureWebJobsStorage: azurite.connectionString(),
    });
    const url = await host.until(/Host started: (http:\/\/127\.0\.0\.1:\d+)/);
    expect(host.output).toContain(`[POST] ${url}/api/servicePrincipals/{sp}/synchronization/jobs/{job}/{action?}`);
    expect(host.output).toContain('work: queue work-items');
    expect((await fetch(`${url}/api/bytes`)).status).toBe(200);

    const queue = QueueServiceClient.fromConnectionString(azurite.connectionString()).getQueueClient('work-items');
    await queue.createIfNotExists();
    await queue.sendMessage(Buffer.from('hello').toString('base64'));
    await host.until(/information work \S+ Executed \(Succeeded/);
    await host.until(/information tick \S+ ticking/);

    host.kill('SIGTERM');
    expect(await host.ended()).toBe(0);
  });

  test('ends at once on a second signal', async () => {
    const host = new HostProcess({
      PORT: '0',
      FIXTURE_SCHEDULE: '0 0 0 1 1 *',
      FixtureStorage: azurite.connectionString(),
    });
    const url = await host.until(/Host started: (\S+)/);
    const answer = fetch(`${url}/api/wait`).catch((error: unknown) => error);
    await host.until(/wait \S+ Executing/);
    host.kill('SIGTERM');
    await host.until(/The host is stopping/);
    host.kill('SIGTERM');
    expect(await host.ended()).toBe(1);
    expect(await answer).toMatchObject({ message: 'fetch failed' });
  });

  test('says what is wrong with a setting and ends with 1', async () => {
    const host = new HostProcess({ PORT: 'many' });
    expect(await host.ended()).toBe(1);
    expect(host.output).toContain('SettingMissing: Function tick, schedule: the setting FIXTURE_SCHEDULE is not set');
  });

  test('explains itself', async () => {
    const host = new HostProcess({}, ['--help']);
    expect(await host.ended()).toBe(0);
    expect(host.output).toContain('npm run host');
  });
});

test('one process of plain Node can load an app twice, with other settings', () => {
  const script = path.join(__dirname, 'fixtures', 'loadTwice.js');
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'one tick tick\ntwo tick\n', stderr: '' });
});
