import { createEngineMemory } from '../../lib/engine/memory.js';
import type { EventKeys, Notice } from '../../lib/engine/ports.js';
import type { RecordRow } from '../../lib/engine/record.js';
import { defaultRemovalPolicy } from '../../lib/engine/removalPolicy.js';
import { runSlice, type SliceOptions, type SliceResult } from '../../lib/engine/runSlice.js';
import type { EngineSettings } from '../../lib/engine/settings.js';
import type { SliceMessage } from '../../lib/engine/state.js';
import type { CycleKind, CycleSummary, JobRow, ObjectRow } from '../../lib/engine/stored.js';
import { tick } from '../../lib/engine/tick.js';
import type { World } from '../../lib/engine/world.js';
import { createDirectory } from '../../lib/entra/directory.js';
import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { GraphSimulator } from '../../lib/sandbox/graph/model.js';
import type { GraphSettings } from '../../lib/sandbox/graph/settings.js';
import { createGraphSimulator } from '../../lib/sandbox/graph/simulator.js';
import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import { createZoomSimulator, type ZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import type { AccountState } from '../../lib/sandbox/zoom/state.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { createState } from '../../lib/state/createState.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import type { Tables } from '../../lib/state/tables.js';
import { createRequestTally } from '../../lib/telemetry/requestTally.js';
import { createTarget } from '../../lib/zoom/target.js';
import { createSettlingClock, type SettlingClock } from './settlingClock.js';

export const tenantId = '11111111-1111-4111-8111-111111111111';
export const servicePrincipalId = '22222222-2222-4222-8222-222222222222';
export const licensedRoleId = '33333333-3333-4333-8333-333333333333';
export const basicRoleId = '44444444-4444-4444-8444-444444444444';
export const domain = 'contoso.example';

export interface TenantOptions {
  readonly seed?: number;
  readonly graph?: Partial<GraphSettings>;
  readonly zoom?: ZoomSettingsChange;
  readonly engine?: Partial<EngineSettings>;
  readonly mapping?: CompiledMapping;
  readonly tables?: Tables;
}

/** A tenant, a Zoom account and the engine between them, all in this process, on one held clock. */
export interface Tenant {
  readonly graph: GraphSimulator;
  readonly zoom: ZoomSimulator;
  readonly clock: SettlingClock;
  readonly world: World;
  readonly notices: readonly Notice[];
  readonly queue: readonly SliceMessage[];
  /** Telemetry events by name, with their keys. */
  readonly events: readonly { readonly name: string; readonly keys: EventKeys }[];
  /** Slices that the last cycle took. */
  readonly slices: () => number;
  /** Changes settings from the next slice on, as a deployment would. */
  configure(change: Partial<EngineSettings>): void;
  /** Runs a cycle from tick to end, as the doors would, and gives its summary. */
  runCycle(kind?: CycleKind): Promise<CycleSummary>;
  /** Delivers the oldest message. */
  deliver(): Promise<SliceResult>;
  /** Runs a slice for this message, beside whatever else runs. */
  runMessage(message: SliceMessage, signal?: AbortSignal): Promise<SliceResult>;
  /** A user with usable attributes, assigned unless told otherwise. Returns the id. */
  join(
    name: string,
    options?: { readonly assigned?: boolean; readonly roleId?: string; readonly department?: string },
  ): string;
  /** A security group with these members, assigned unless told otherwise. Returns the id. */
  group(
    name: string,
    memberIds: readonly string[],
    options?: { readonly assigned?: boolean; readonly roleId?: string },
  ): string;
  /** userName, or the name before the domain → what Zoom holds. */
  account(userName: string): AccountState | undefined;
  /** SCIM requests since the last call, as `METHOD operation`, oldest first. */
  takeCalls(): readonly string[];
  /** Log records of a cycle. */
  records(cycleId: string): Promise<readonly RecordRow[]>;
  /** The row of one object. */
  row(id: string): Promise<ObjectRow | undefined>;
}

const defaultSettings: EngineSettings = {
  scopeMode: 'assigned',
  nestedGroups: false,
  removalPolicy: defaultRemovalPolicy,
  skipOutOfScopeDeletions: false,
  deletionThreshold: 100,
  deletionThresholdPercent: 10,
  sliceBudgetMs: 8 * 60_000,
  leaseDurationMs: 90_000,
  zoomTimeoutMs: 30_000,
  concurrency: 8,
};

const compileBuiltIn = (): CompiledMapping => {
  const mapping = compileObjectMapping(builtInZoomSchema, 'user');
  if (!mapping) throw new Error('The built-in schema maps no users.');
  return mapping;
};

const firstJob = (jobId: string): JobRow => ({
  jobId,
  status: 'on',
  intervalMs: 40 * 60_000,
  nextRunAt: null,
  schemaVersion: null,
  settingsDigest: null,
  assignmentsDigest: null,
  assignmentsMissing: false,
  quarantine: null,
  lastExecution: null,
  lastSuccessfulExecution: null,
  lastSuccessfulExecutionWithExports: null,
  failuresInARow: 0,
  steadyStateFirstAt: null,
  steadyStateLastAt: null,
});

export const createTenant = async (options: TenantOptions = {}): Promise<Tenant> => {
  const seed = options.seed ?? 1;
  const clock = createSettlingClock(Date.UTC(2026, 10, 23, 8));
  const graph = createGraphSimulator({ seed, clock, settings: { throttle: 'off', ...options.graph } });
  graph.dir.createServicePrincipal({ id: servicePrincipalId, displayName: 'Zoom' });
  graph.dir.defineAppRoles(servicePrincipalId, [
    { id: licensedRoleId, displayName: 'Licensed', value: 'Licensed' },
    { id: basicRoleId, displayName: 'Basic', value: 'Basic' },
  ]);
  const credentials = { accountId: 'account', clientId: 'client', clientSecret: 'secret' };
  const zoom = createZoomSimulator({
    credentials,
    seed,
    clock,
    settings: { rate: 'off', associatedDomains: [domain], licensedSeats: 10_000, ...options.zoom },
  });
  const mapping = options.mapping ?? compileBuiltIn();
  const settings = { ...defaultSettings, ...options.engine };
  const jobId = `zoom.${tenantId}.${servicePrincipalId}`;
  const tally = createRequestTally();
  const graphToken = graph.issueToken(['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'], 1e12);
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  };
  const queue: SliceMessage[] = [];
  const events: { name: string; keys: EventKeys }[] = [];
  const notices: Notice[] = [];
  const world: World = {
    jobId,
    tenantId,
    servicePrincipalId,
    directory: createDirectory({
      endpoint: 'http://127.0.0.1:1',
      servicePrincipalId,
      getToken: async () => graphToken,
      send: graph.send,
      clock,
      random: () => 0.5,
      newId,
      observe: tally.add,
    }),
    target: createTarget({
      scimEndpoint: 'http://127.0.0.1:2/scim2',
      oauthEndpoint: 'http://127.0.0.1:2/oauth',
      auth: { kind: 'serverToServer', ...credentials },
      plan: 'business',
      requestsPerSecond: 1e6,
      share: 1,
      timeoutMs: settings.zoomTimeoutMs,
      clock,
      random: () => 0.5,
      newId,
      send: zoom.send,
      observer: { request: tally.add },
    }),
    state: createState({ tables: options.tables ?? createMemoryTables(), jobId, clock, newId }),
    queue: {
      send: async (message) => {
        queue.push(message);
      },
    },
    notifier: {
      notify: async (notice) => {
        notices.push(notice);
      },
    },
    telemetry: { event: (_level, name, keys) => void events.push({ name, keys }), count: () => undefined },
    clock,
    newId,
    requestCounts: tally.read,
  };
  await world.state.jobs.ensureJob(firstJob(jobId));
  let sliceOptions: SliceOptions = {
    world,
    settings,
    mapping,
    redact: new Set(),
    memory: createEngineMemory(),
    owner: 'worker',
  };

  const runMessage = (message: SliceMessage, signal = new AbortController().signal): Promise<SliceResult> =>
    clock.settle(runSlice(message, sliceOptions, signal));
  const deliver = async (): Promise<SliceResult> => {
    const message = queue.shift();
    if (!message) throw new Error('No message waits.');
    return runMessage(message);
  };
  let slices = 0;
  let seenCalls = 0;

  return {
    graph,
    zoom,
    clock,
    world,
    notices,
    queue,
    events,
    slices: () => slices,
    configure: (change) => {
      sliceOptions = { ...sliceOptions, settings: { ...sliceOptions.settings, ...change } };
    },
    deliver,
    runMessage,
    async runCycle(kind) {
      clock.advance(41 * 60_000);
      if (kind) {
        const requestedAt = new Date(clock.nowMs()).toISOString();
        await world.state.jobs.request({ cycleId: newId(), kind, requestedAt });
      }
      await tick(world);
      for (slices = 1; ; slices += 1) {
        const result = await deliver();
        if (result.kind === 'finished') return result.summary;
        if (result.kind !== 'continued') throw new Error(`The slice ended as ${JSON.stringify(result)}.`);
        const { cycle } = await world.state.jobs.read();
        if (cycle?.notBefore) clock.advance(Math.max(0, Date.parse(cycle.notBefore) - clock.nowMs()));
      }
    },
    join(name, { assigned = true, roleId = licensedRoleId, department = 'Sales' } = {}) {
      const id = graph.dir.createUser({
        userPrincipalName: `${name}@${domain}`,
        mail: `${name}@${domain}`,
        displayName: `${name} Example`,
        givenName: name,
        surname: 'Example',
        department,
      });
      if (assigned) graph.dir.assign({ principalId: id, appRoleId: roleId });
      return id;
    },
    group(name, memberIds, { assigned = true, roleId = licensedRoleId } = {}) {
      const id = graph.dir.createGroup({ displayName: name, securityEnabled: true });
      for (const memberId of memberIds) graph.dir.addMember(id, memberId);
      if (assigned) graph.dir.assign({ principalId: id, appRoleId: roleId });
      return id;
    },
    account: (userName) => {
      const wanted = userName.includes('@') ? userName : `${userName}@${domain}`;
      return [...zoom.state().accounts.values()].find((one) => one.userName === wanted);
    },
    takeCalls() {
      const entries = zoom.journal.since(seenCalls).filter(({ operation }) => !operation.startsWith('oauth.'));
      seenCalls = zoom.journal.lastSequence;
      return entries.map(({ method, operation }) => `${method} ${operation}`);
    },
    async records(cycleId) {
      const found: RecordRow[] = [];
      let cursor: string | null = null;
      do {
        const page = await world.state.records.listByCycle(cycleId, cursor);
        found.push(...page.rows);
        cursor = page.cursor;
      } while (cursor !== null);
      return found;
    },
    row: async (id) => (await world.state.objects.read([id])).get(id)?.row,
  };
};
