import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

type Values = Readonly<Record<string, string | number | boolean>>;

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly isFailed: boolean;
  readonly values: Values;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface CollectedLog {
  readonly eventName: string | null;
  readonly body: string;
  readonly traceId: string | null;
  readonly values: Values;
}

export interface CollectedPoint {
  readonly metric: string;
  readonly values: Values;
  /** A histogram's number of values, else the value. */
  readonly value: number;
}

/** An OpenTelemetry collector on loopback that keeps what it is sent (OTLP over HTTP, JSON). */
export interface Collector {
  readonly url: string;
  /** Every byte that arrived, request lines and headers included. */
  raw(): string;
  spans(): readonly CollectedSpan[];
  logs(): readonly CollectedLog[];
  /** The last point of each series. */
  points(): readonly CollectedPoint[];
  close(): Promise<void>;
}

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.object({
        stringValue: z.string().optional(),
        intValue: z.union([z.number(), z.string()]).optional(),
        doubleValue: z.number().optional(),
        boolValue: z.boolean().optional(),
      }),
    }),
  )
  .default([])
  .transform(
    (list): Values =>
      Object.fromEntries(
        list.map(({ key, value }) => [
          key,
          value.stringValue ??
            (value.intValue === undefined ? undefined : Number(value.intValue)) ??
            value.doubleValue ??
            value.boolValue ??
            '',
        ]),
      ),
  );

const nanos = z.union([z.string(), z.number()]).transform((value) => Number(value) / 1e6);

const traces = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              startTimeUnixNano: nanos,
              endTimeUnixNano: nanos,
              status: z.object({ code: z.number().optional() }).default({}),
              attributes,
              links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
            }),
          ),
        }),
      ),
    }),
  ),
});

const logs = z.object({
  resourceLogs: z.array(
    z.object({
      scopeLogs: z.array(
        z.object({
          logRecords: z.array(
            z.object({
              eventName: z.string().optional(),
              body: z.object({ stringValue: z.string() }),
              traceId: z.string().optional(),
              attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

const number = z.union([z.number(), z.string()]).transform(Number);
const dataPoints = z.object({
  dataPoints: z.array(
    z.object({ attributes, asInt: number.optional(), asDouble: z.number().optional(), count: number.optional() }),
  ),
});
const metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      scopeMetrics: z.array(
        z.object({
          metrics: z.array(
            z.object({
              name: z.string(),
              sum: dataPoints.optional(),
              gauge: dataPoints.optional(),
              histogram: dataPoints.optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const startCollector = async (): Promise<Collector> => {
  const received: { readonly path: string; readonly head: string; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
    received.push({ path: request.url ?? '', head: JSON.stringify(request.rawHeaders), body: body.toString() });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The collector has no port.');
  const bodiesOf = (path: string): unknown[] =>
    received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
  return {
    url: `http://127.0.0.1:${address.port}`,
    raw: () => received.map(({ path, head, body }) => `${path}\n${head}\n${body}`).join('\n'),
    spans: () =>
      bodiesOf('/v1/traces')
        .flatMap((body) => traces.parse(body).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map((span) => ({
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId ?? null,
          name: span.name,
          startMs: span.startTimeUnixNano,
          endMs: span.endTimeUnixNano,
          isFailed: span.status.code === 2,
          values: span.attributes,
          links: span.links,
        })),
    logs: () =>
      bodiesOf('/v1/logs')
        .flatMap((body) => logs.parse(body).resourceLogs)
        .flatMap(({ scopeLogs }) => scopeLogs)
        .flatMap(({ logRecords }) => logRecords)
        .map(({ eventName, body, traceId, attributes: values }) => ({
          eventName: eventName ?? null,
          body: body.stringValue,
          traceId: traceId ?? null,
          values,
        })),
    points: () => {
      const points = bodiesOf('/v1/metrics')
        .flatMap((body) => metrics.parse(body).resourceMetrics)
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .flatMap(({ name, sum, gauge, histogram }) =>
          (sum ?? gauge ?? histogram ?? { dataPoints: [] }).dataPoints.map((point) => ({
            metric: name,
            values: point.attributes,
            value: point.asInt ?? point.asDouble ?? point.count ?? Number.NaN,
          })),
        );
      return [...new Map(points.map((point) => [`${point.metric} ${JSON.stringify(point.values)}`, point])).values()];
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
};
