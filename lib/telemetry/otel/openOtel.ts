import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import type { Clock } from '../../clock.js';
import { findMetric } from '../names.js';
import type { RunningTelemetry } from '../running.js';
import { readTraceparent } from '../traceContext.js';
import { createEventWriter, createLogWriter } from './events.js';
import { createMeasure } from './measures.js';
import { openProviders, type ProviderOptions } from './providers.js';
import { createSpans } from './spans.js';

/** Telemetry over OpenTelemetry's own providers, to all these exporters. */
export const openOtel = (options: ProviderOptions & { readonly clock: Clock }): RunningTelemetry => {
  const { clock } = options;
  const providers = openProviders(options);
  const logger = providers.loggers.getLogger('entra-zoom-sync');
  const measure = createMeasure(providers.meters.getMeter('entra-zoom-sync'));
  const spans = createSpans(providers, clock);
  return {
    ...spans,
    isOn: true,
    telemetry: {
      event: createEventWriter({ logger, clock, active: () => providers.contexts.active() }),
      count: (name, by, keys) => {
        const metric = findMetric(name);
        if (metric) measure(metric, by, keys);
      },
    },
    measure,
    writeLog: createLogWriter({ logger, clock }, contextOf),
    flush: providers.flush,
    stop: providers.stop,
  };
};

const contextOf = (traceparent: string) => {
  const place = readTraceparent(traceparent);
  return place && trace.setSpanContext(ROOT_CONTEXT, { ...place, traceFlags: TraceFlags.SAMPLED, isRemote: true });
};
