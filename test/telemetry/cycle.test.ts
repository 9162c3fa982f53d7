import { type FinishedCycle, mailDomain, type RunningService, startService } from '../acceptance/runningService.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { type CollectedSpan, type Collector, startCollector } from './collector.js';

const people = [
  'Sigrid',
  'Ragnhild',
  'Torbjorn',
  'Hallvard',
  'Ingeborg',
  'Gudmund',
  'Aslaug',
  'Snorre',
  'Torfinn',
  'Yngvild',
];

const refused = 'Fenrir';
/** A trace that somebody who calls the API has begun. */
const callersTrace = 'ca11e4'.repeat(6).slice(0, 32);

describe('a cycle, as a collector of OpenTelemetry sees it', () => {
  const azurite = withAzurite();
  let collector: Collector;
  let service: RunningService;
  let cycle: FinishedCycle;
  let spans: readonly CollectedSpan[];
  let ids: readonly string[];
  const ask = (action: string, body: object): Promise<Response> =>
    fetch(`${service.host.url}/api/${service.jobUrl}/${action}`, {
      method: 'POST',
      headers: {
        traceparent: `00-${callersTrace}-${'c'.repeat(16)}-01`,
        authorization: `Bearer ${service.simulators.apiTokens['Provisioning.Configure']}`,
      },
      body: JSON.stringify(body),
    });
  const named = (name: string): readonly CollectedSpan[] => spans.filter((span) => span.name === name);

  beforeAll(async () => {
    collector = await startCollector();
    service = await startService({
      connectionString: azurite.connectionString(),
      settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SLICE_BUDGET: 'PT1S', ZOOM_REQUESTS_PER_SECOND: '10' },
    });
    ids = people.map((person) => service.join(person));
    cycle = await service.runByTimer();
    await service.host.invokeTimer('schedule', new Date());
    await service.host.invokeQueue('cyclePoison', { jobId: 'job', cycleId: null, slice: 4 });
    const answer = await ask('validateCredentials', { useSavedCredentials: true });
    expect(answer.status).toBe(204);
    // Zoom's refusal names the person.
    service.simulators.zoom.addFault({ on: 'users.create', fault: { mode: 'status', code: 400 } });
    ids = [...ids, service.join(refused)];
    const onDemand = await ask('provisionOnDemand', {
      parameters: [{ ruleId: 'r', subjects: [{ objectId: `${refused}@${mailDomain}`, objectTypeName: 'User' }] }],
    });
    expect(onDemand.status).toBe(200);
    await service.host.invokeTimer('schedule', new Date());
    spans = collector.spans();
  });
  afterAll(async () => {
    await service.close();
    await collector.close();
  });

  it('joins the slices of a cycle under one span, whose trace is the id of the cycle', () => {
    const [root, ...others] = named('cycle');
    expect(others).toEqual([]);
    expect(root).toMatchObject({
      traceId: cycle.cycleId.replaceAll('-', ''),
      parentSpanId: null,
      isFailed: false,
      values: { cycleId: cycle.cycleId, action: 'initial', outcome: 'Succeeded' },
    });
    const slices = named('slice');
    expect(slices.length).toBeGreaterThan(1);
    expect(slices.map(({ traceId, parentSpanId }) => ({ traceId, parentSpanId }))).toEqual(
      slices.map(() => ({ traceId: root?.traceId, parentSpanId: root?.spanId })),
    );
    expect(slices.map(({ values }) => values['slice'])).toEqual(slices.map((_slice, index) => index + 1));
    expect(slices.map(({ values }) => values['outcome'])).toEqual(
      slices.map((_slice, index) => (index + 1 < slices.length ? 'continued' : 'finished')),
    );
    for (const { startMs, endMs } of slices) {
      expect(startMs).toBeGreaterThanOrEqual(root?.startMs ?? Number.POSITIVE_INFINITY);
      expect(endMs).toBeLessThanOrEqual(root?.endMs ?? 0);
    }
  });

  it('shows the phases of each slice, and each request in the phase that sent it', () => {
    const slices = new Map(named('slice').map((slice) => [slice.spanId, slice]));
    const phases = named('phase');
    const ofLast = phases.filter(({ parentSpanId }) => parentSpanId === [...slices.keys()].at(-1));
    expect(ofLast.map(({ values }) => values['phase']).at(-1)).toBe('finish');
    for (const phase of phases) {
      expect(slices.get(phase.parentSpanId ?? '')?.values['slice']).toBe(phase.values['slice']);
    }
    const phaseOf = new Map(phases.map((phase) => [phase.spanId, phase.values['phase']]));
    const sent = spans
      .filter(({ traceId }) => traceId === named('cycle')[0]?.traceId)
      .filter(
        ({ values }) =>
          values['service'] === 'zoom' && values['method'] === 'POST' && values['path'] === '/scim2/Users',
      )
      .map(({ parentSpanId, values }) => ({ phase: phaseOf.get(parentSpanId ?? ''), status: values['status'] }));
    expect(sent).toHaveLength(people.length);
    expect(sent.filter(({ phase }) => phase === undefined)).toEqual([]);
    const read = spans.filter(({ values }) => values['service'] === 'graph');
    expect(read.map(({ parentSpanId }) => phaseOf.get(parentSpanId ?? ''))).toContain('assignments');
    expect(read.every(({ parentSpanId }) => parentSpanId !== null)).toBe(true);
  });

  it('tells of the cycle by events within its trace', () => {
    const events = collector.logs().filter(({ eventName }) => eventName?.startsWith('Cycle'));
    expect(events.map(({ eventName, traceId }) => `${eventName} ${traceId}`)).toEqual(
      ['CycleStarted', 'CycleEnded'].map((name) => expect.stringContaining(name)),
    );
    const ended = events.find(({ eventName }) => eventName === 'CycleEnded');
    expect(ended).toMatchObject({
      traceId: cycle.cycleId.replaceAll('-', ''),
      values: {
        'microsoft.custom_event.name': 'CycleEnded',
        level: 'info',
        cycleId: cycle.cycleId,
        action: 'initial',
        outcome: 'Succeeded',
        exports: people.length,
        failures: 0,
        intervalMs: 2_400_000,
      },
    });
    expect(ended?.values['zoomRequests']).toBeGreaterThanOrEqual(people.length);
  });

  it('measures objects, requests, times and where the job stands', () => {
    const points = collector.points();
    const readPoint = (metric: string, values: Readonly<Record<string, unknown>>): number | undefined =>
      points.find((point) => {
        const { jobId: _job, ...rest } = point.values;
        return point.metric === metric && JSON.stringify(rest) === JSON.stringify(values);
      })?.value;
    expect(readPoint('sync.objects', { action: 'create', outcome: 'success' })).toBe(people.length);
    const failed = points.filter(({ metric, values }) => metric === 'sync.objects' && values['outcome'] === 'failure');
    expect(failed).toMatchObject([{ value: 1, values: { action: 'create', code: expect.stringMatching(/^\w+$/) } }]);
    expect(readPoint('sync.requests', { service: 'zoom', status: 201 })).toBe(people.length);
    expect(readPoint('sync.heartbeat', {})).toBe(3);
    expect(readPoint('sync.linked', { outcome: 'active' })).toBe(people.length);
    expect(readPoint('sync.quarantine', {})).toBe(0);
    expect(readPoint('sync.escrowed', {})).toBe(1);
    expect(readPoint('sync.held', {})).toBe(0);
    expect(readPoint('sync.cycle.duration', { action: 'initial', outcome: 'Succeeded' })).toBe(1);
    expect(readPoint('sync.slice.duration', { outcome: 'finished' })).toBe(1);
    expect(readPoint('sync.cycle.intervals', { action: 'initial' })).toBe(0);
  });

  it('tells what an invocation logs, within the host’s span of it, and what it sends in its caller’s trace', () => {
    const logs = collector.logs().filter(({ values }) => values['function'] === 'cyclePoison');
    expect(logs).toMatchObject([
      { body: 'Slice 4 of cycle to start was given up after five attempts.', eventName: null },
    ]);
    const poison = collector.logs().find(({ eventName }) => eventName === 'PoisonMessage');
    expect(poison).toMatchObject({ traceId: logs[0]?.traceId, values: { level: 'error', slice: 4 } });
    const asked = spans.filter(({ traceId }) => traceId === callersTrace);
    expect(new Set(asked.map(({ values }) => values['service']))).toEqual(new Set(['graph', 'zoom']));
  });

  it('exports nothing about people, and no secret', () => {
    const { settings, apiTokens } = service.simulators;
    const secrets = [
      ...Object.values(apiTokens),
      ...['ZOOM_CLIENT_SECRET', 'GRAPH_TOKEN', 'ZOOM_CLIENT_ID', 'ZOOM_ACCOUNT_ID'].map((name) => settings[name] ?? ''),
      /AccountKey=([^;]+)/.exec(azurite.connectionString())?.[1] ?? '',
    ];
    const names = [...people, refused, 'Example', '@', 'Sales'];
    expect(secrets.every((secret) => secret.length > 5)).toBe(true);
    const raw = collector.raw();
    expect(raw.length).toBeGreaterThan(10_000);
    expect([...secrets, ...names, ...ids].filter((text) => raw.toLowerCase().includes(text.toLowerCase()))).toEqual([]);
  });
});
