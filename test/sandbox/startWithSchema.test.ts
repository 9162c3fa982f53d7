import { execFile } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const program = path.resolve(__dirname, '../../lib/sandbox/start.js');
const fixture = 'test/schema/fixtures/entraExport.json';
const summaryShape = z.object({ converged: z.boolean(), cycles: z.array(z.looseObject({ created: z.int() })).min(2) });

const start = (...args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });

describe('npm start with a schema', () => {
  it('provisions by an export of Entra, until Zoom holds what it says', async () => {
    const { code, stdout, stderr } = await start('--users', '20', '--schema', fixture, '--exit', '--json');
    const { converged, cycles } = summaryShape.parse(JSON.parse(stdout));
    expect({ code, converged }).toEqual({ code: 0, converged: true });
    expect(cycles[0]?.created).toBeGreaterThan(5);
    expect(stderr).toContain('Converged');
  });

  it('refuses a file that cannot be used, before anything is started', async () => {
    const { code, stdout, stderr } = await start('--schema', 'package.json');
    expect([code, stdout.includes('Initial cycle')]).toEqual([2, false]);
    expect(stderr).toContain('synchronizationRules: Found nothing.');
  });
});
