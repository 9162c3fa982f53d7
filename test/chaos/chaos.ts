import { randomUUID } from 'node:crypto';
import type { CycleKind } from '../../lib/engine/control.js';
import { createRandomness } from '../../lib/sandbox/graph/random.js';
import { createOracle } from '../../lib/sandbox/oracle/oracle.js';
import type { TenantTruth } from '../../lib/sandbox/oracle/readTenant.js';
import type { DrawnSchema } from '../properties/drawnSchemas.js';
import { hasten, type KillPoint, planKills } from './killPoints.js';
import { managedDomain } from './population.js';
import { planTenant, type RoleIds } from './tenant.js';
import { judgeEvidence, type Verdict } from './verdict.js';
import { createVictim } from './victim.js';
import { type ChaosWorld, startWorld } from './world.js';

export interface ChaosOptions {
  readonly users: number;
  readonly kills: number;
  readonly seed: number;
  /** What the host maps by. */
  readonly schema: DrawnSchema;
  readonly report: (line: string) => void;
  /** Ends the run, and with it every process that it started. */
  readonly signal: AbortSignal;
}

/** After the last kill a cycle of hundreds of users ends well within this. */
const cycleLimitMs = 180_000;
/** Cycles after the kills, of which one must send nothing. */
const settlingCycles = 5;
/** Slow enough that requests are under way whenever the host dies. */
const zoomLatencyMs = 150;

/**
 * Kills the host through an initial cycle, an incremental one and the one after it, until every kill is spent and a
 * cycle sends nothing; then compares Zoom with the tenant.
 */
export const runChaos = async (options: ChaosOptions): Promise<Verdict> => {
  const world = await startWorld(options.seed, options.schema.schema);
  const victim = createVictim(world);
  try {
    return await Promise.race([torment(options, world, victim), rejectOnAbort(options.signal)]);
  } finally {
    await victim.stop();
    await world.stop();
  }
};

const rejectOnAbort = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const torment = async (
  { users, kills, seed, schema, report }: ChaosOptions,
  world: ChaosWorld,
  victim: ReturnType<typeof createVictim>,
): Promise<Verdict> => {
  const { control, servicePrincipalId } = world;
  const plan = planTenant(users, await readRoleIds(world), createRandomness(seed, 'tenant'));
  const points = planKills(kills, plan.writes, createRandomness(seed, 'kills'));
  const renaming = createRandomness(seed, 'renames');
  await control.changeDirectory(plan.first);
  await control.seedZoom({ ...plan.zoom, settings: zoomSettings });
  let truth: TenantTruth = await control.readTenant();
  let zoom = await control.readZoom();
  const oracle = createOracle({
    dir: {
      users: () => truth.users(),
      group: (id) => truth.group(id),
      members: (id) => truth.members(id),
      assignments: (id) => truth.assignments(id),
      servicePrincipal: (id) => truth.servicePrincipal(id),
    },
    servicePrincipalId,
    readZoom: () => zoom,
    managedDomains: [managedDomain],
    expect: schema.expect,
  });
  const observe = async (): Promise<void> => {
    truth = await control.readTenant();
    oracle.observe();
  };
  const renamable = new Map(plan.renamable);
  let killed = 0;
  let renames = 0;

  /** A person whose account Zoom made moments ago, perhaps without the host's knowing, gets another name. */
  const renameLatest = async (): Promise<void> => {
    const latest = (await control.readZoom()).accounts;
    const candidates = [...latest.values()].map(({ userName }) => userName).filter((name) => renamable.has(name));
    const userName = candidates.slice(-20)[renaming.below(Math.min(20, candidates.length))];
    const id = userName === undefined ? undefined : renamable.get(userName);
    if (userName === undefined || id === undefined) return;
    await observe();
    const renamed = `renamed.${userName}`;
    await control.changeDirectory([
      { op: 'updateUser', id, properties: { userPrincipalName: renamed, mail: renamed } },
    ]);
    renamable.delete(userName);
    renames += 1;
  };

  /** Runs one cycle under these kills; answers those that came too late for it. */
  const runCycle = async (name: string, kind: CycleKind, open: readonly KillPoint[]): Promise<readonly KillPoint[]> => {
    await observe();
    const cycle = { cycleId: randomUUID(), writesBefore: await control.countWrites() };
    await world.state.jobs.request({ cycleId: cycle.cycleId, kind, requestedAt: new Date().toISOString() });
    const startedMs = Date.now();
    const late: KillPoint[] = [];
    for (const point of open) {
      if (!(await victim.killAt(point, cycle))) {
        late.push(point);
        continue;
      }
      killed += 1;
      report(`kill ${killed} of ${kills}: ${name}, ${describePoint(point)}`);
      if (kind === 'initial' && point.kind === 'writes' && renaming.chance(0.5)) await renameLatest();
    }
    await victim.waitForEnd(cycle, cycleLimitMs);
    const sent = (await control.countWrites()) - cycle.writesBefore;
    report(`${name} ended after ${((Date.now() - startedMs) / 1_000).toFixed(1)} s: ${sent} writes to Zoom`);
    return late;
  };

  let late = await runCycle('initial cycle', 'initial', points.initial);
  const changedAfter = (await control.readJournal()).at(-1)?.sequence ?? 0;
  await control.changeDirectory(plan.changes);
  late = await runCycle('incremental cycle', 'incremental', [...late.map(hasten), ...points.incremental]);
  late = await runCycle('second incremental cycle', 'incremental', [...late.map(hasten), ...points.second]);
  for (let round = 1; ; round += 1) {
    const before = await control.countWrites();
    late = await runCycle(`settling cycle ${round}`, 'incremental', late.map(hasten));
    if (late.length === 0 && (await control.countWrites()) === before) break;
    if (round === settlingCycles + kills) throw new Error(`Zoom was still written to in settling cycle ${round}.`);
  }

  await observe();
  zoom = await control.readZoom();
  const { differences, leftOut } = oracle.judge();
  for (const difference of differences) report(JSON.stringify(difference));
  report(`${zoom.accounts.size} accounts, ${leftOut} invited, ${renames} people renamed between kill and restart`);
  return judgeEvidence({
    differences,
    zoom,
    journal: await control.readJournal(),
    leavers: plan.leavers,
    changedAfter,
  });
};

const zoomSettings = {
  rate: 'pro' as const,
  latencyMs: zoomLatencyMs,
  licensedSeats: 1_000_000,
  basicMax: 1_000_000,
};

const readRoleIds = async ({ control, servicePrincipalId }: ChaosWorld): Promise<RoleIds> => {
  const application = (await control.readTenant()).servicePrincipal(servicePrincipalId);
  const idOf = (name: string): string => {
    const role = application?.properties.appRoles?.find(({ value }) => value === name);
    if (typeof role?.['id'] !== 'string') throw new Error(`The application has no role ${name}.`);
    return role['id'];
  };
  return { Licensed: idOf('Licensed'), Basic: idOf('Basic') };
};

const describePoint = (point: KillPoint): string => {
  switch (point.kind) {
    case 'writes':
      return `${point.delayMs} ms after write ${point.writes}`;
    case 'lease':
      return `${point.delayMs} ms after it took the lease`;
    case 'freeze':
      return `frozen ${point.delayMs} ms after it took the lease until another had it`;
    case 'start':
      return `${point.delayMs} ms into its start`;
  }
};
