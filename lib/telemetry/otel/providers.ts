import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Exporters } from './exporters.js';
import { createSpanIds, type SpanIds } from './spanIds.js';

/** The three providers, and what keeps the span that runs now. None is registered globally: nothing else is traced. */
export interface Providers {
  readonly tracers: BasicTracerProvider;
  readonly loggers: LoggerProvider;
  readonly meters: MeterProvider;
  readonly contexts: AsyncLocalStorageContextManager;
  readonly ids: SpanIds;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProviderOptions {
  readonly exporters: readonly Exporters[];
  /** `service.name`, `service.instance.id`: who this is. */
  readonly serviceName: string;
  readonly instanceId: string;
}

export const openProviders = ({ exporters, serviceName, instanceId }: ProviderOptions): Providers => {
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': instanceId });
  const ids = createSpanIds();
  const tracers = new BasicTracerProvider({
    resource,
    idGenerator: ids,
    spanProcessors: exporters.map(({ spans }) => new BatchSpanProcessor(spans)),
  });
  const loggers = new LoggerProvider({
    resource,
    processors: exporters.map(({ logs }) => new BatchLogRecordProcessor({ exporter: logs })),
  });
  const meters = new MeterProvider({
    resource,
    readers: exporters.map(({ metrics }) => new PeriodicExportingMetricReader({ exporter: metrics })),
  });
  const all = [tracers, loggers, meters];
  return {
    tracers,
    loggers,
    meters,
    contexts: new AsyncLocalStorageContextManager().enable(),
    ids,
    flush: async () => settle(all.map((provider) => provider.forceFlush())),
    stop: async () => settle(all.map((provider) => provider.shutdown())),
  };
};

const longestMs = 5_000;

/** A destination that is down has told so where it failed (see `watchExports`); here it only must not hold anybody up. */
const settle = async (work: readonly Promise<void>[]): Promise<void> => {
  const { promise: isLate, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, longestMs);
  timer.unref();
  await Promise.race([Promise.allSettled(work), isLate]);
  clearTimeout(timer);
};
