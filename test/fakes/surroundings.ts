import type { EventKeys, Notice } from '../../lib/engine/ports.js';
import type { SliceMessage } from '../../lib/engine/state.js';
import type { GraphSimulator } from '../../lib/sandbox/graph/model.js';
import type { GraphSettings } from '../../lib/sandbox/graph/settings.js';
import { createGraphSimulator } from '../../lib/sandbox/graph/simulator.js';
import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import { createZoomSimulator, type ZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { createSettlingClock, type SettlingClock } from './settlingClock.js';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const servicePrincipalId = '22222222-2222-4222-8222-222222222222';
export const licensedRoleId = '33333333-3333-4333-8333-333333333333';
export const basicRoleId = '44444444-4444-4444-8444-444444444444';
export const domain = 'contoso.example';
export const jobId = `zoom.${tenantId}.${servicePrincipalId}`;

export interface SurroundingsOptions {
  readonly seed?: number;
  readonly graph?: Partial<GraphSettings>;
  readonly zoom?: ZoomSettingsChange;
  readonly tables?: Tables;
}

/** What outlives a worker: both services, storage, the queue and time. */
export interface Surroundings {
  readonly graph: GraphSimulator;
  readonly graphToken: string;
  readonly zoom: ZoomSimulator;
  readonly clock: SettlingClock;
  readonly tables: Tables;
  readonly queue: SliceMessage[];
  readonly notices: Notice[];
  /** Telemetry events by name, with their keys. */
  readonly events: { readonly name: string; readonly keys: EventKeys }[];
  readonly newId: () => string;
}

export const createSurroundings = (options: SurroundingsOptions = {}): Surroundings => {
  const seed = options.seed ?? 1;
  const clock = createSettlingClock(Date.UTC(2026, 10, 23, 8));
  const graph = createGraphSimulator({ seed, clock, settings: { throttle: 'off', ...options.graph } });
  graph.dir.createServicePrincipal({ id: servicePrincipalId, displayName: 'Zoom' });
  graph.dir.defineAppRoles(servicePrincipalId, [
    { id: licensedRoleId, displayName: 'Licensed', value: 'Licensed' },
    { id: basicRoleId, displayName: 'Basic', value: 'Basic' },
  ]);
  const zoom = createZoomSimulator({
    credentials: { accountId: 'account', clientId: 'client', clientSecret: 'secret' },
    seed,
    clock,
    settings: { rate: 'off', associatedDomains: [domain], licensedSeats: 10_000, ...options.zoom },
  });
  let ids = 0;
  return {
    graph,
    graphToken: graph.issueToken(['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'], 1e12),
    zoom,
    clock,
    tables: options.tables ?? createMemoryTables(),
    queue: [],
    notices: [],
    events: [],
    newId: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
  };
};
