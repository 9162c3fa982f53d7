import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { openExporters, openTelemetry } from '../../lib/compose/telemetry.js';
import { readEnvironment } from '../../lib/config/environment.js';
import { readTelemetry, type TelemetrySettings } from '../../lib/config/telemetry.js';

const key = '00000000-1111-4222-8333-444444444444';
const settingsOf = (environment: Readonly<Record<string, string>>): TelemetrySettings =>
  readTelemetry(readEnvironment(environment));

const envelopes = z.array(
  z.object({
    iKey: z.string(),
    tags: z.record(z.string(), z.string()),
    data: z.object({
      baseType: z.string(),
      baseData: z.looseObject({ name: z.string().optional(), properties: z.record(z.string(), z.string()).optional() }),
    }),
  }),
);

describe('Application Insights', () => {
  const statistics = 'APPLICATION_INSIGHTS_NO_STATSBEAT';
  const received: string[] = [];
  let server: Server;
  let connectionString: string;

  beforeAll(async () => {
    process.env[statistics] = '1';
    server = createServer(async (request, response) => {
      received.push(await text(request));
      const count = received.at(-1)?.split('"iKey"').length ?? 1;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ itemsReceived: count - 1, itemsAccepted: count - 1, errors: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : null;
    connectionString = `InstrumentationKey=${key};IngestionEndpoint=http://127.0.0.1:${port}/`;
  });
  afterAll(async () => {
    delete process.env[statistics];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('has its own exporters where there is a connection string, beside those of a collector', async () => {
    const both = {
      APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    };
    const [azure, otlp, ...others] = await openExporters(settingsOf(both));
    expect(azure?.spans).toBeInstanceOf(AzureMonitorTraceExporter);
    expect(azure?.logs).toBeInstanceOf(AzureMonitorLogExporter);
    expect(azure?.metrics).toBeInstanceOf(AzureMonitorMetricExporter);
    expect(otlp?.spans.constructor.name).toBe('OTLPTraceExporter');
    expect(others).toEqual([]);
    for (const one of [azure, otlp])
      await Promise.all([one?.spans.shutdown(), one?.logs.shutdown(), one?.metrics.shutdown()]);
  });

  it('receives custom events, spans, log lines and metrics with their dimensions', async () => {
    const running = await openTelemetry({
      settings: settingsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, WEBSITE_SITE_NAME: 'sync' }),
      clock: systemClock,
      writeLine: (line) => received.push(line),
    });
    const cycleId = '019355c0-0000-7000-8000-000000000001';
    running.telemetry.event('error', 'PoisonMessage', { jobId: 'job', slice: 2 });
    running.measure('held', 7, { jobId: 'job', cycleId });
    running.recordCycle({ cycleId, startedMs: 1_000, endedMs: 2_000, keys: { jobId: 'job', code: 'Down' } });
    running.writeLog({
      level: 'error',
      message: 'given up',
      functionName: 'cycle',
      invocationId: 'i',
      traceparent: null,
    });
    running.writeLog({
      level: 'debug',
      message: 'slice done',
      functionName: 'cycle',
      invocationId: 'i',
      traceparent: null,
    });
    await running.stop();

    const items = received.flatMap((body) => envelopes.parse(JSON.parse(body)));
    expect(new Set(items.map(({ iKey }) => iKey))).toEqual(new Set([key]));
    expect(new Set(items.map(({ tags }) => tags['ai.cloud.role']))).toEqual(new Set(['sync']));
    const dataOf = (baseType: string) =>
      items.filter(({ data }) => data.baseType === baseType).map(({ data }) => data.baseData);
    expect(dataOf('EventData')).toMatchObject([
      { name: 'PoisonMessage', properties: { level: 'error', jobId: 'job', slice: '2' } },
    ]);
    expect(dataOf('RemoteDependencyData')).toMatchObject([
      { name: 'cycle', success: false, duration: '00.00:00:01.000', properties: { jobId: 'job', code: 'Down' } },
    ]);
    expect(dataOf('MessageData')).toMatchObject([{ message: 'given up', properties: { function: 'cycle' } }]);
    const held = dataOf('MetricData').filter(({ metrics }) => JSON.stringify(metrics).includes('sync.held'));
    expect(held).toMatchObject([{ metrics: [{ name: 'sync.held', value: 7 }], properties: { jobId: 'job' } }]);
    expect(held[0]?.properties).not.toHaveProperty('cycleId');
  });

  it('says by a line that it could not be reached, and holds nobody up', async () => {
    const lines: string[] = [];
    const unreachable = `InstrumentationKey=${key};IngestionEndpoint=http://127.0.0.1:9/`;
    const running = await openTelemetry({
      settings: settingsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: unreachable }),
      clock: systemClock,
      writeLine: (line) => lines.push(line),
    });
    running.telemetry.event('info', 'CycleStarted', { jobId: 'job' });
    await running.stop();
    expect(lines.map((line) => z.object({ event: z.string() }).parse(JSON.parse(line)).event)).toContain(
      'TelemetryNotSent',
    );
  });

  it('is refused with the setting’s name where it could not work', () => {
    const faultsOf = (environment: Readonly<Record<string, string>>): string => {
      const env = readEnvironment(environment);
      readTelemetry(env);
      try {
        env.finish();
      } catch (error) {
        return String(error);
      }
      return '';
    };
    expect(faultsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret-key' })).toMatch(
      /APPLICATIONINSIGHTS_CONNECTION_STRING/,
    );
    expect(faultsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret-key' })).not.toMatch(
      /secret-key/,
    );
    expect(faultsOf({ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=x' })).toMatch(/Authorization=AAD/);
    expect(faultsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toMatch(/OTEL_EXPORTER_OTLP_ENDPOINT/);
    expect(
      settingsOf({
        APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key}`,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=an-id;Authorization=AAD',
      }).azureMonitor?.identity,
    ).toEqual({ clientId: 'an-id' });
  });
});
