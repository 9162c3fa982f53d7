import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Exporters } from './exporters.js';

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
