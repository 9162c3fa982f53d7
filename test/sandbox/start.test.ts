import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

const program = path.resolve(__dirname, '../../lib/sandbox/start.js');

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly closed: Promise<unknown>;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const start = (...args: readonly string[]): Run => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return { child, output, closed: once(child, 'close') };
};

const count = z.int().min(0);
const summaryShape = z.strictObject({
  cycles: z.array(
    z.strictObject({
      kind: z.enum(['initial', 'incremental']),
      created: count,
      adopted: count,
      updated: count,
      disabled: count,
      enabled: count,
      deleted: count,
      skipped: count,
      failed: count,
      graphRequests: count,
      zoomRequests: count,
      durationMs: count,
    }),
  ),
  converged: z.boolean(),
  asPreviewed: z.boolean(),
});

describe('npm start', () => {
  it('converges in an initial cycle, one as previewed, and at most three more, the last of which sends nothing', async () => {
    const { child, output, closed } = start('--users', '40', '--seed', '5', '--preview', '--exit', '--json');
    await closed;
    const lines = output.stdout.trimEnd().split('\n');
    const { cycles, converged, asPreviewed } = summaryShape.parse(JSON.parse(lines.at(-1) ?? ''));
    expect(lines).toHaveLength(1);
    expect({ converged, asPreviewed, exitCode: child.exitCode }).toEqual({
      converged: true,
      asPreviewed: true,
      exitCode: 0,
    });
    const [initial, ...incremental] = cycles;
    expect(initial).toMatchObject({ kind: 'initial', disabled: 0, enabled: 0 });
    expect(incremental.map(({ kind }) => kind)).toEqual(incremental.map(() => 'incremental'));
    expect(incremental.length).toBeLessThanOrEqual(4);
    expect(cycles.at(-1)).toMatchObject({ zoomRequests: 0, created: 0, updated: 0 });
    const sum = (key: 'created' | 'adopted' | 'updated' | 'disabled' | 'enabled' | 'skipped' | 'failed') =>
      cycles.reduce((total, cycle) => total + cycle[key], 0);
    for (const key of ['created', 'adopted', 'updated', 'disabled', 'enabled', 'skipped', 'failed'] as const) {
      expect({ [key]: sum(key) }).not.toEqual({ [key]: 0 });
    }
    expect(output.stderr).toContain('Converged');
    expect(output.stderr).toMatch(/As previewed: all of [1-9]/);
    expect(output.stderr).toContain('InvalidUserName');
  });

  it('ends between two objects when it is interrupted', async () => {
    const { child, output, closed } = start('--users', '1000');
    while (child.exitCode === null && !/Initial cycle: \d+ of \d+/.test(output.stderr)) {
      await Promise.race([once(child.stderr ?? child, 'data'), closed]);
    }
    child.kill('SIGINT');
    await closed;
    expect(child.exitCode).toBe(130);
    expect(output.stderr).toContain('Stopping');
    expect(output.stderr).not.toMatch(/error/i);
  });

  it('refuses an option that it does not know', async () => {
    const { child, output, closed } = start('--simulate');
    await closed;
    expect(child.exitCode).toBe(2);
    expect(output.stdout).toBe('');
    expect(output.stderr).toContain("Unknown option '--simulate'");
  });
});
