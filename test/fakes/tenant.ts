import type { CycleKind, CycleSummary } from '../../lib/engine/control.js';
import type { JobSchemas } from '../../lib/engine/jobSchemas.js';
import { newJob } from '../../lib/engine/newJob.js';
import type { EventKeys, Notice } from '../../lib/engine/ports.js';
import type { RecordRow } from '../../lib/engine/record.js';
import { runSlice, type SliceOptions, type SliceResult } from '../../lib/engine/runSlice.js';
import type { EngineSettings } from '../../lib/engine/settings.js';
import type { SliceMessage } from '../../lib/engine/state.js';
import type { ObjectRow } from '../../lib/engine/stored.js';
import { tick } from '../../lib/engine/tick.js';
import type { World } from '../../lib/engine/world.js';
import type { GraphSimulator } from '../../lib/sandbox/graph/model.js';
import type { ZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import type { AccountState } from '../../lib/sandbox/zoom/state.js';
import type { SettlingClock } from './settlingClock.js';
import { createSurroundings, domain, jobId, licensedRoleId, type SurroundingsOptions } from './surroundings.js';
import { createWorker, type WorkerOptions } from './worker.js';

export { basicRoleId, domain, licensedRoleId, servicePrincipalId, tenantId } from './surroundings.js';

export type TenantOptions = SurroundingsOptions &
  WorkerOptions & {
    /** Each slice takes the schema that is in force then; without it the worker's mapping stays. */
    readonly schemas?: JobSchemas;
  };

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
  /** What a worker has at hand now. */
  options(): SliceOptions;
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

export const createTenant = async (options: TenantOptions = {}): Promise<Tenant> => {
  const surroundings = createSurroundings(options);
  const { graph, zoom, clock, queue, notices, events, newId } = surroundings;
  let sliceOptions = createWorker(surroundings, options);
  const { world } = sliceOptions;
  await world.state.jobs.ensureJob(newJob(jobId, 'on', 40 * 60_000));

  const { schemas } = options;
  const takeOptions = async (): Promise<SliceOptions> => {
    if (!schemas) return sliceOptions;
    const { mapping, groupMapping } = await schemas.current();
    return { ...sliceOptions, mapping, groupMapping, isSuperseded: () => schemas.isSuperseded(mapping) };
  };
  const runMessage = async (message: SliceMessage, signal = new AbortController().signal): Promise<SliceResult> => {
    const current = await takeOptions();
    return clock.settle(runSlice(message, current, signal));
  };
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
    options: () => sliceOptions,
    configure: (change) => {
      sliceOptions = { ...sliceOptions, settings: { ...sliceOptions.settings, ...change } };
    },
    deliver,
    runMessage,
    async runCycle(kind) {
      clock.advance(41 * 60_000);
      const { job } = await world.state.jobs.read();
      // In quarantine the next cycle comes later.
      if (!kind && job?.quarantine?.until) {
        clock.advance(Math.max(0, Date.parse(job.quarantine.until) - clock.nowMs()));
      }
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
