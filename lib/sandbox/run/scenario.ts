import { systemClock } from '../../clock.js';
import type { DayWorld } from '../day/dayWorld.js';
import { bringLateArrivals, changeGroups, type GroupChanges } from '../day/groupChanges.js';
import { type Morning, spendAfternoon, spendMorning } from '../day/workingDay.js';
import { createRandomness } from '../graph/random.js';
import type { Difference } from '../oracle/difference.js';
import { createOracle, type Judgement, type Oracle } from '../oracle/oracle.js';
import type { Nesting } from '../oracle/readTenant.js';
import type { ProgressDisplay } from '../progress/display.js';
import { managedDomain } from '../startSimulators.js';
import { comparePreview } from './comparePreview.js';
import { type CycleTotals, toCycleTotals } from './cycleTotals.js';
import { createJobClient, type JobClient } from './jobClient.js';
import { readLogReasons } from './logReasons.js';
import {
  describeAfternoon,
  describeCycle,
  describeGroupChanges,
  describeJudgement,
  describeLateArrivals,
  describeMorning,
} from './narrate.js';
import { describeAgreement, describePreview } from './narratePreview.js';
import { readPreview, type ShownOperation } from './previewClient.js';
import { type CycleStart, runCycle } from './runCycle.js';
import type { Sandbox } from './sandbox.js';
import type { OpenedSchema } from './schemaFile.js';

/** What a run ended as: the one JSON object of `--json`. */
export interface RunSummary {
  readonly cycles: readonly CycleTotals[];
  /** Zoom holds what the tenant says. */
  readonly converged: boolean;
  /** Whether the cycle after the working day did what its preview had said; absent where none was asked for. */
  readonly asPreviewed?: boolean;
}

export interface Scenario {
  readonly sandbox: Sandbox;
  readonly seed: number;
  /** Whether groups within groups count. */
  readonly nesting: Nesting;
  /** What the schema in force makes of people and groups. */
  readonly expects: Pick<OpenedSchema, 'expect' | 'expectGroup' | 'mapsManagers'>;
  /** Preview the first incremental cycle before it runs. */
  readonly preview: boolean;
  readonly display: ProgressDisplay;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

const incrementalCyclesAtMost = 4;

/** The initial cycle, a working day, and incremental cycles until one sends nothing to Zoom. */
export const playScenario = async (scenario: Scenario): Promise<RunSummary> => {
  const { sandbox, say } = scenario;
  const { graph, zoom, servicePrincipalId, apiTokens } = sandbox.simulators;
  const job = createJobClient(sandbox.jobUrl, apiTokens['Provisioning.Operate']);
  const oracle = createOracle({
    dir: graph.dir,
    servicePrincipalId,
    readZoom: zoom.state,
    managedDomains: [managedDomain],
    nesting: scenario.nesting,
    expect: scenario.expects.expect,
    comparesManagers: scenario.expects.mapsManagers,
    ...(scenario.expects.expectGroup === null ? {} : { expectGroup: scenario.expects.expectGroup }),
  });
  const cycles = [(await play(scenario, job, oracle, 'Initial cycle', () => startByTimer(sandbox))).totals];

  const day: DayWorld = {
    world: sandbox.simulators,
    tenant: sandbox.tenant,
    activeIds: oracle.judge().activeIds,
    random: createRandomness(scenario.seed, 'day'),
  };
  const morning = spendMorning(day);
  const changes = changeGroups(day);
  say(describeMorning(morning));
  say(describeGroupChanges(changes));
  const previewed = scenario.preview ? await previewNext(scenario) : null;
  let asPreviewed = true;
  for (let number = 1; number <= incrementalCyclesAtMost; number += 1) {
    if (number === 2) spendAndTell(day, morning, changes, say);
    const title = `Incremental cycle ${number}`;
    const { totals, cycleId } = await play(scenario, job, oracle, title, () => job.requestCycle(scenario.signal));
    cycles.push(totals);
    if (previewed && number === 1) asPreviewed = await tellAgreement(previewed, cycleId, scenario);
    if (totals.zoomRequests === 0) break;
  }
  const judgement = oracle.judge();
  say(describeJudgement(judgement));
  return { cycles, converged: judgement.differences.length === 0, ...(previewed ? { asPreviewed } : {}) };
};

const previewNext = async ({ sandbox, say, signal }: Scenario): Promise<readonly ShownOperation[]> => {
  const token = sandbox.simulators.apiTokens['Provisioning.Operate'];
  const shown = await readPreview(sandbox.jobUrl, token, systemClock, signal);
  say(describePreview('incremental cycle 1', shown));
  return shown.operations;
};

const tellAgreement = async (
  operations: readonly ShownOperation[],
  cycleId: string,
  { sandbox, say }: Scenario,
): Promise<boolean> => {
  const agreement = await comparePreview(operations, sandbox.state.records, cycleId);
  say(describeAgreement(agreement));
  return agreement.notDone.length + agreement.notPreviewed.length === 0;
};

const startByTimer = async ({ host }: Sandbox): Promise<null> => {
  await host.invokeTimer('schedule', new Date());
  return null;
};

const spendAndTell = (day: DayWorld, morning: Morning, changes: GroupChanges, say: Scenario['say']): void => {
  const returners = spendAfternoon(day, morning);
  const late = bringLateArrivals(day, changes, morning.departures);
  if (returners > 0) say(describeAfternoon(returners));
  say(describeLateArrivals(late));
};

const play = async (
  { sandbox, display, say, signal }: Scenario,
  job: JobClient,
  oracle: Oracle,
  title: string,
  start: CycleStart['start'],
): Promise<{ readonly totals: CycleTotals; readonly cycleId: string }> => {
  const expectedWrites = countPeople(oracle.judge());
  const summary = await runCycle(sandbox, job, { title, expectedWrites, start }, display, signal);
  const totals = toCycleTotals(summary);
  const { quarantineReason } = await job.readStatus(signal);
  say(
    describeCycle({
      title,
      totals,
      held: summary.counts['held'] ?? 0,
      fault: summary.fault,
      quarantineReason,
      reasons: await readLogReasons(sandbox.state.records, summary.cycleId),
    }),
  );
  return { totals, cycleId: summary.cycleId };
};

const nameOf = ({ personId, accountId }: Difference): string => personId ?? accountId ?? '';
const countPeople = ({ differences }: Judgement): number => new Set(differences.map(nameOf)).size;
