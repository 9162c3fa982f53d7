import type { Attributes, Meter } from '@opentelemetry/api';
import type { EventKeys } from '../../engine/ports.js';
import { type MetricId, metrics } from '../names.js';

type Record = (value: number, attributes: Attributes) => void;

/** From a tenth of a second to four hours, in milliseconds. */
const boundariesMs = [100, 1_000, 10_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000, 14_400_000];

const openInstrument = (meter: Meter, id: MetricId): Record => {
  const { name, kind, unit, description } = metrics[id];
  switch (kind) {
    case 'counter': {
      const counter = meter.createCounter(name, { unit, description });
      return (value, attributes) => counter.add(value, attributes);
    }
    case 'histogram': {
      const advice = { explicitBucketBoundaries: boundariesMs };
      const histogram = meter.createHistogram(name, { unit, description, advice });
      return (value, attributes) => histogram.record(value, attributes);
    }
    case 'gauge': {
      const gauge = meter.createGauge(name, { unit, description });
      return (value, attributes) => gauge.record(value, attributes);
    }
  }
};

/** Metrics with the dimensions that their names list and no others, so that their series stay few. */
export const createMeasure = (meter: Meter): ((id: MetricId, value: number, keys: EventKeys) => void) => {
  const open = new Map<MetricId, Record>();
  return (id, value, keys) => {
    const record = open.get(id) ?? openInstrument(meter, id);
    open.set(id, record);
    const allowed: ReadonlySet<string> = new Set(metrics[id].dimensions);
    record(value, Object.fromEntries(Object.entries(keys).filter(([key]) => allowed.has(key))));
  };
};
