import { answerHealth } from '../../lib/api/health.js';
import { createDependencies } from '../../lib/compose/dependencies.js';
import type { RequestRecord } from '../../lib/http/trace.js';
import { createHeldClock } from '../fakes/heldClock.js';
import { createTenant } from '../fakes/tenant.js';

const settings = {
  graph: { endpoint: 'https://graph.example', fixedToken: 'secret' },
  zoom: {
    scimEndpoint: 'https://zoom.example/scim2',
    oauthEndpoint: 'https://zoom.example/oauth',
    auth: { kind: 'bearer', token: 'secret' },
    dialect: 'zoom',
    memberRemoval: 'probe',
    plan: 'business',
    requestsPerSecond: null,
  },
} as const;

const recordOf = (service: 'graph' | 'zoom', status: number | null): RequestRecord => ({
  service,
  status,
  method: 'GET',
  path: '/',
  requestId: null,
  clientRequestId: 'c',
  durationMs: 1,
  failure: status === null ? 'NetworkFailed' : null,
});

const setUp = (answer: () => Response = () => new Response(null, { status: 401 })) => {
  const clock = createHeldClock();
  const asked: Request[] = [];
  const send: typeof fetch = async (input, init) => {
    asked.push(new Request(input, init));
    return answer();
  };
  return { clock, asked, dependencies: createDependencies(settings, clock, send) };
};

describe('health', () => {
  it('is 200 where storage answers, and names each dependency', async () => {
    const { world } = await createTenant();
    const { dependencies } = setUp();
    const answer = await answerHealth({ world, dependencies });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        dependencies: ['settings', 'storage', 'graph', 'zoom'].map((name) => ({ name, state: 'reachable' })),
      },
    });
  });

  it('is 200 although Graph and Zoom are down, and says so', async () => {
    const { world } = await createTenant();
    const { dependencies } = setUp(() => {
      throw new TypeError('fetch failed');
    });
    const answer = await answerHealth({ world, dependencies });
    expect(answer).toMatchObject({
      status: 200,
      body: { dependencies: [{}, {}, { name: 'graph', state: 'unreachable' }, { name: 'zoom', state: 'unreachable' }] },
    });
  });

  it('is 503 where storage does not answer', async () => {
    const { world } = await createTenant();
    const readJob = () => Promise.reject(new Error('no storage'));
    const broken = { ...world, state: { ...world.state, jobs: { ...world.state.jobs, readJob } } };
    const answer = await answerHealth({ world: broken, dependencies: setUp().dependencies });
    expect(answer).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  });

  it('is 503 where the service could not start', async () => {
    expect(await answerHealth(null)).toMatchObject({ status: 503, body: { dependencies: [{ name: 'settings' }] } });
  });

  it('tells nothing of the tenant', async () => {
    const { world } = await createTenant();
    const answer = JSON.stringify(await answerHealth({ world, dependencies: setUp().dependencies }));
    for (const text of [world.tenantId, world.servicePrincipalId, 'example', 'secret']) {
      expect(answer).not.toContain(text);
    }
  });
});

describe('a dependency', () => {
  it('is asked once a minute at most, by all callers together, and without a token', async () => {
    const { clock, asked, dependencies } = setUp();
    await Promise.all([dependencies.sight('zoom'), dependencies.sight('zoom'), dependencies.sight('zoom')]);
    clock.advance(59_999);
    await dependencies.sight('zoom');
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await dependencies.sight('zoom');
    expect(asked.map(({ url }) => url)).toEqual(Array(2).fill('https://zoom.example/scim2/Users'));
    expect(asked.every(({ headers }) => !headers.has('authorization'))).toBe(true);
  });

  it('is not asked where it was used within the minute', async () => {
    const { clock, asked, dependencies } = setUp();
    dependencies.observe(recordOf('graph', 403));
    clock.advance(30_000);
    expect(await dependencies.sight('graph')).toEqual({
      state: 'reachable',
      observedAtMs: clock.nowMs() - 30_000,
    });
    dependencies.observe(recordOf('graph', null));
    expect((await dependencies.sight('graph')).state).toBe('unreachable');
    dependencies.observe(recordOf('graph', 503));
    expect((await dependencies.sight('graph')).state).toBe('unreachable');
    expect(asked).toEqual([]);
  });
});
