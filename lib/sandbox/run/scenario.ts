import type { DayWorld } from '../day/dayWorld.js';
import { type Morning, spendAfternoon, spendMorning } from '../day/workingDay.js';
import { createRandomness } from '../graph/random.js';
import type { Difference } from '../oracle/difference.js';
import type { Expect } from '../oracle/expectation.js';
import { createOracle, type Judgement, type Oracle } from '../oracle/oracle.js';
import type { Nesting } from '../oracle/readTenant.js';
import type { ProgressDisplay } from '../progress/display.js';
import { managedDomain } from '../startSimulators.js';
import { type CycleTotals, toCycleTotals } from './cycleTotals.js';
import { createJobClient, type JobClient } from './jobClient.js';
import { readLogReasons } from './logReasons.js';
import { describeAfternoon, describeCycle, describeJudgement, describeMorning } from './narrate.js';
import { type CycleStart, runCycle } from './runCycle.js';
import type { Sandbox } from './sandbox.js';

/** What a run ended as: the one JSON object of `--json`. */
export interface RunSummary {
  readonly cycles: readonly CycleTotals[];
  /** Zoom holds what the tenant says. */
  readonly converged: boolean;
}

export interface Scenario {
  readonly sandbox: Sandbox;
  readonly seed: number;
  /** What the schema in force makes of people; the built-in one unless it is given. */
  readonly expect: Expect | null;
  /** Whether groups within groups count. */
  readonly nesting: Nesting;
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
    ...(scenario.expect === null ? {} : { expect: scenario.expect }),
  });
  const cycles = [await play(scenario, job, oracle, 'Initial cycle', () => startByTimer(sandbox))];

  const day: DayWorld = {
    world: sandbox.simulators,
    tenant: sandbox.tenant,
    activeIds: oracle.judge().activeIds,
    random: createRandomness(scenario.seed, 'day'),
  };
  const morning = spendMorning(day);
  say(describeMorning(morning));
  for (let number = 1; number <= incrementalCyclesAtMost; number += 1) {
    if (number === 2) spendAndTell(day, morning, say);
    const title = `Incremental cycle ${number}`;
    const totals = await play(scenario, job, oracle, title, () => job.requestCycle(scenario.signal));
    cycles.push(totals);
    if (totals.zoomRequests === 0) break;
  }
  const judgement = oracle.judge();
  say(describeJudgement(judgement));
  return { cycles, converged: judgement.differences.length === 0 };
};

const startByTimer = async ({ host }: Sandbox): Promise<null> => {
  await host.invokeTimer('schedule', new Date());
  return null;
};

const spendAndTell = (day: DayWorld, morning: Morning, say: Scenario['say']): void => {
  const returners = spendAfternoon(day, morning);
  if (returners > 0) say(describeAfternoon(returners));
};

const play = async (
  { sandbox, display, say, signal }: Scenario,
  job: JobClient,
  oracle: Oracle,
  title: string,
  start: CycleStart['start'],
): Promise<CycleTotals> => {
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
  return totals;
};

const nameOf = ({ personId, accountId }: Difference): string => personId ?? accountId ?? '';
const countPeople = ({ differences }: Judgement): number => new Set(differences.map(nameOf)).size;
