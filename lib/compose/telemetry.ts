import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { TelemetrySettings } from '../config/telemetry.js';
import { createLineTelemetry } from '../telemetry/lineTelemetry.js';
import { createOffTelemetry } from '../telemetry/offTelemetry.js';
import type { Exporters } from '../telemetry/otel/exporters.js';
import type { RunningTelemetry } from '../telemetry/running.js';

export interface TelemetryOptions {
  readonly settings: TelemetrySettings;
  readonly clock: Clock;
  readonly writeLine: (line: string) => void;
}

/**
 * Telemetry to where the settings say. Without a destination OpenTelemetry is not even loaded, and what needs a person
 * goes out as lines.
 */
export const openTelemetry = async ({ settings, clock, writeLine }: TelemetryOptions): Promise<RunningTelemetry> => {
  const lines = createLineTelemetry({ clock, least: 'warning', write: writeLine });
  if (settings.azureMonitor === null && settings.otlp === null) return createOffTelemetry(lines);
  const [{ openOtel }, { watchExports }, exporters] = await Promise.all([
    import('../telemetry/otel/openOtel.js'),
    import('../telemetry/otel/watchExports.js'),
    openExporters(settings),
  ]);
  const onFailure = (): void => lines.event('warning', 'TelemetryNotSent', {});
  for (const { spans, logs, metrics } of exporters) {
    watchExports(spans, onFailure);
    watchExports(logs, onFailure);
    watchExports(metrics, onFailure);
  }
  return openOtel({
    exporters,
    serviceName: settings.serviceName,
    instanceId: settings.instanceId ?? randomUUID(),
    clock,
  });
};

/** One set for each destination that the settings name; only theirs is loaded. */
export const openExporters = async ({ azureMonitor, otlp }: TelemetrySettings): Promise<readonly Exporters[]> => {
  const exporters: Exporters[] = [];
  if (azureMonitor) {
    const { createAzureMonitorExporters } = await import('../telemetry/otel/azureMonitor.js');
    const { connectionString, identity } = azureMonitor;
    exporters.push(createAzureMonitorExporters({ connectionString, credential: await openCredential(identity) }));
  }
  if (otlp) {
    const { createOtlpExporters } = await import('../telemetry/otel/otlp.js');
    exporters.push(createOtlpExporters(otlp.endpoint));
  }
  return exporters;
};

const openCredential = async (identity: { readonly clientId: string | null } | null) => {
  if (identity === null) return null;
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return identity.clientId === null
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId: identity.clientId });
};
