import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Where one destination's spans, log records and metrics go. */
export interface Exporters {
  readonly spans: SpanExporter;
  readonly logs: LogRecordExporter;
  readonly metrics: PushMetricExporter;
}

export interface AzureMonitorOptions {
  readonly connectionString: string;
  /** Null: the connection string alone, where the resource allows that. */
  readonly credential: AzureCredential | null;
}

type AzureCredential = NonNullable<
  NonNullable<ConstructorParameters<typeof AzureMonitorTraceExporter>[0]>['credential']
>;

/** Nothing is kept on disk; the exporters’ statistics about themselves are off. */
export const createAzureMonitorExporters = ({ connectionString, credential }: AzureMonitorOptions): Exporters => {
  const options = { connectionString, disableOfflineStorage: true, ...(credential === null ? {} : { credential }) };
  return {
    spans: new AzureMonitorTraceExporter(options),
    logs: new AzureMonitorLogExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
  };
};

/**
 * OTLP over HTTP with JSON bodies, to the paths below `endpoint` that OpenTelemetry fixes. Headers and time-outs come
 * from its own environment variables (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_TIMEOUT`).
 */
export const createOtlpExporters = (endpoint: string): Exporters => {
  const urlOf = (signal: string) => ({ url: `${endpoint.replace(/\/+$/, '')}/v1/${signal}` });
  return {
    spans: new OTLPTraceExporter(urlOf('traces')),
    logs: new OTLPLogExporter(urlOf('logs')),
    metrics: new OTLPMetricExporter(urlOf('metrics')),
  };
};
