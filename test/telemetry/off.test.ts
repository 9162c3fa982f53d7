import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const program = `
  require('./dist/functions/telemetry.js');
  const { openTelemetry } = require('./dist/lib/compose/telemetry.js');
  const { systemClock } = require('./dist/lib/clock.js');
  const otlp = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const settings = { azureMonitor: null, otlp: otlp ? { endpoint: otlp } : null, serviceName: 's', instanceId: null };
  openTelemetry({ settings, clock: systemClock, writeLine: () => undefined }).then((running) => {
    const loaded = Object.keys(require.cache).filter((name) => /opentelemetry/.test(name)).length;
    process.stdout.write(JSON.stringify({ isOn: running.isOn, loaded }), () => process.exit(0));
  });
`;

const load = async (environment: Readonly<Record<string, string>>) => {
  const env = { PATH: process.env['PATH'], ...environment };
  const { stdout } = await run(process.execPath, ['-e', program], { env });
  return z.object({ isOn: z.boolean(), loaded: z.number() }).parse(JSON.parse(stdout.slice(stdout.indexOf('{'))));
};

describe('telemetry without a destination', () => {
  it('loads nothing of OpenTelemetry', async () => {
    expect(await load({})).toEqual({ isOn: false, loaded: 0 });
  });

  it('loads it where there is one', async () => {
    const { isOn, loaded } = await load({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(isOn).toBe(true);
    expect(loaded).toBeGreaterThan(10);
  });
});
