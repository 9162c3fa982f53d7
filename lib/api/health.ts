import type { World } from '../engine/world.js';
import type { ApiAnswer } from './apiRequest.js';

/** `unknown`: it was not used and not asked yet. */
export type Reachability = 'reachable' | 'unreachable' | 'unknown';

/** How a service was found when it was used or asked last. */
export interface Sighting {
  readonly state: Reachability;
  readonly observedAtMs: number | null;
}

/** The services beside storage, as they were last used; asked where nobody has used them for a minute. */
export interface Dependencies {
  sight(service: 'graph' | 'zoom'): Promise<Sighting>;
}

/**
 * `GET /api/health`: 200 where settings and storage are well, else 503. Graph and Zoom are told beside them and change
 * nothing: a cycle waits for them. No data of the tenant; null where the service could not start.
 */
export const answerHealth = async (
  running: { readonly world: Pick<World, 'state' | 'clock'>; readonly dependencies: Dependencies } | null,
): Promise<ApiAnswer> => {
  if (!running) return answer(503, { settings: { state: 'unreachable', observedAtMs: null } });
  const { world, dependencies } = running;
  const [storage, graph, zoom] = await Promise.all([
    sightStorage(world),
    dependencies.sight('graph'),
    dependencies.sight('zoom'),
  ]);
  const settings: Sighting = { state: 'reachable', observedAtMs: world.clock.nowMs() };
  return answer(storage.state === 'reachable' ? 200 : 503, { settings, storage, graph, zoom });
};

const sightStorage = async ({ state, clock }: Pick<World, 'state' | 'clock'>): Promise<Sighting> => {
  const found = await state.jobs.readJob().then(
    (job) => job !== null,
    () => false,
  );
  return { state: found ? 'reachable' : 'unreachable', observedAtMs: clock.nowMs() };
};

const answer = (status: 200 | 503, sightings: Readonly<Record<string, Sighting>>): ApiAnswer => ({
  status,
  headers: { 'Cache-Control': 'no-store' },
  body: {
    status: status === 200 ? 'ok' : 'unavailable',
    dependencies: Object.entries(sightings).map(([name, { state, observedAtMs }]) => ({
      name,
      state,
      observedDateTime: observedAtMs === null ? null : new Date(observedAtMs).toISOString(),
    })),
  },
});
