import {
  type AzureMonitorExporterOptions,
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import type { Exporters } from './exporters.js';

export interface AzureMonitorOptions {
  readonly connectionString: string;
  /** Null: the connection string alone, where the resource allows that. */
  readonly credential: AzureMonitorExporterOptions['credential'] | null;
  /** What carries requests in the end; Node’s own by default. */
  readonly httpClient?: AzureMonitorExporterOptions['httpClient'];
}

/** Nothing is kept on disk. */
export const createAzureMonitorExporters = (options: AzureMonitorOptions): Exporters => {
  const { connectionString, credential, httpClient } = options;
  const given: AzureMonitorExporterOptions = {
    connectionString,
    disableOfflineStorage: true,
    ...(credential ? { credential } : {}),
    ...(httpClient ? { httpClient } : {}),
  };
  return {
    spans: new AzureMonitorTraceExporter(given),
    logs: new AzureMonitorLogExporter(given),
    metrics: new AzureMonitorMetricExporter(given),
  };
};
