import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import {
  type AzureMonitorExporterOptions,
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { openExporters, openTelemetry } from '../../lib/compose/telemetry.js';
import { readEnvironment } from '../../lib/config/environment.js';
import { readTelemetry, type TelemetrySettings } from '../../lib/config/telemetry.js';
import { createAzureMonitorExporters } from '../../lib/telemetry/otel/azureMonitor.js';
import { openOtel } from '../../lib/telemetry/otel/openOtel.js';

const key = '00000000-1111-4222-8333-444444444444';
const connectionString = `InstrumentationKey=${key};IngestionEndpoint=https://ingestion.example/`;
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
type Envelopes = z.infer<typeof envelopes>;

/** Keeps what is sent, and accepts it. */
const createIngestion = (received: { url: string; items: Envelopes }[]): AzureMonitorExporterOptions['httpClient'] => ({
  sendRequest: async (request) => {
    const { body, url, headers } = request;
    const text = body instanceof Uint8Array ? gunzipSync(body).toString() : String(body);
    const items = envelopes.parse(JSON.parse(text));
    received.push({ url, items });
    const bodyAsText = JSON.stringify({ itemsReceived: items.length, itemsAccepted: items.length, errors: [] });
    return { request, headers, status: 200, bodyAsText };
  },
});

describe('Application Insights', () => {
  // The exporters count themselves for Microsoft unless told otherwise; a test reaches nobody.
  const statistics = 'APPLICATION_INSIGHTS_NO_STATSBEAT';
  beforeAll(() => {
    process.env[statistics] = '1';
  });
  afterAll(() => {
    delete process.env[statistics];
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
    for (const one of [azure, otlp]) {
      await Promise.all([one?.spans.shutdown(), one?.logs.shutdown(), one?.metrics.shutdown()]);
    }
  });

  it('receives custom events, spans, log lines and metrics with their dimensions', async () => {
    const received: { url: string; items: Envelopes }[] = [];
    const httpClient = createIngestion(received);
    const running = openOtel({
      exporters: [createAzureMonitorExporters({ connectionString, credential: null, httpClient })],
      serviceName: 'sync',
      instanceId: 'one',
      clock: systemClock,
    });
    const cycleId = '019355c0-0000-7000-8000-000000000001';
    const startedMs = Date.UTC(2026, 10, 24);
    const origin = { functionName: 'cycle', invocationId: 'i', traceparent: null };
    running.telemetry.event('error', 'PoisonMessage', { jobId: 'job', slice: 2 });
    running.measure('held', 7, { jobId: 'job', cycleId });
    running.recordCycle({ cycleId, startedMs, endedMs: startedMs + 1_000, keys: { jobId: 'job', code: 'Down' } });
    running.writeLog({ ...origin, level: 'error', message: 'given up' });
    running.writeLog({ ...origin, level: 'debug', message: 'slice done' });
    await running.stop();

    expect(new Set(received.map(({ url }) => new URL(url).host))).toEqual(new Set(['ingestion.example']));
    const items = received.flatMap((one) => one.items);
    expect(new Set(items.map(({ iKey }) => iKey))).toEqual(new Set([key]));
    expect(new Set(items.map(({ tags }) => tags['ai.cloud.role']))).toEqual(new Set(['sync']));
    const dataOf = (baseType: string) =>
      items.filter(({ data }) => data.baseType === baseType).map(({ data }) => data.baseData);
    expect(dataOf('EventData')).toMatchObject([
      { name: 'PoisonMessage', properties: { level: 'error', jobId: 'job', slice: '2' } },
    ]);
    expect(dataOf('RemoteDependencyData')).toMatchObject([
      { name: 'cycle', success: false, duration: '00:00:01.000', properties: { jobId: 'job', code: 'Down' } },
    ]);
    expect(dataOf('MessageData')).toMatchObject([{ message: 'given up', properties: { function: 'cycle' } }]);
    const held = dataOf('MetricData').filter(({ metrics }) => JSON.stringify(metrics).includes('sync.held'));
    expect(held).toMatchObject([{ metrics: [{ name: 'sync.held', value: 7 }], properties: { jobId: 'job' } }]);
    expect(held[0]?.properties).not.toHaveProperty('cycleId');
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
    const bad = faultsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret-key' });
    expect(bad).toMatch(/APPLICATIONINSIGHTS_CONNECTION_STRING/);
    expect(bad).not.toMatch(/secret-key/);
    expect(faultsOf({ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=x' })).toMatch(/Authorization=AAD/);
    expect(faultsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toMatch(/OTEL_EXPORTER_OTLP_ENDPOINT/);
    const identified = settingsOf({
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key}`,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=an-id;Authorization=AAD',
    });
    expect(identified.azureMonitor?.identity).toEqual({ clientId: 'an-id' });
  });
});

describe('a collector that refuses', () => {
  it('is told of by a line, and holds nobody up', async () => {
    const server = createServer((_request, response) => response.writeHead(400).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : null;
    const lines: string[] = [];
    const running = await openTelemetry({
      settings: settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }),
      clock: systemClock,
      writeLine: (line) => lines.push(line),
    });
    running.telemetry.event('info', 'CycleStarted', { jobId: 'job' });
    await running.flush();
    running.telemetry.event('info', 'CycleStarted', { jobId: 'job' });
    await running.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(lines.map((line) => z.looseObject({ event: z.string() }).parse(JSON.parse(line)).event)).toEqual([
      'TelemetryNotSent',
    ]);
  });
});
