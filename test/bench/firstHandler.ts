import { systemClock } from '../../lib/clock.js';
import { createInvoker } from '../../lib/sandbox/host/invoke.js';
import { loadApp } from '../../lib/sandbox/host/loadApp.js';

/**
 * A process of its own for each start: loads the app in the working directory as the worker does, runs its start hooks,
 * calls the handler of GET /api/health and prints when each was done, in milliseconds since the process began.
 */
const main = async (): Promise<void> => {
  const readyMs = performance.now();
  const ignore = (): void => undefined;
  const { app, functions } = await loadApp(process.cwd(), undefined, ignore);
  const startedMs = performance.now();
  const health = functions.find(({ name }) => name === 'health');
  if (!health) throw new Error('The app registers no function named health.');
  const url = 'http://127.0.0.1/api/health';
  const data = { http: { method: 'GET', url, headers: {}, params: {}, query: {} } };
  const response = await createInvoker({ app, log: ignore, clock: systemClock }).invoke(health, {
    data,
    reason: 'bench',
  });
  const answeredMs = performance.now();
  const status = Number(response.returnValue?.http?.statusCode);
  process.stdout.write(`${JSON.stringify({ readyMs, startedMs, answeredMs, status })}\n`);
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
