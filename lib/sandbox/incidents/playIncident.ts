import { systemClock } from '../../clock.js';
import { createOracle } from '../oracle/oracle.js';
import type { Nesting } from '../oracle/readTenant.js';
import type { ProgressDisplay } from '../progress/display.js';
import { toCycleTotals } from '../run/cycleTotals.js';
import { createJobClient } from '../run/jobClient.js';
import { readLogReasons } from '../run/logReasons.js';
import { describeCycle } from '../run/narrate.js';
import { runCycle } from '../run/runCycle.js';
import type { Sandbox } from '../run/sandbox.js';
import { managedDomain } from '../startSimulators.js';
import { type IncidentName, incidents } from './incidents.js';
import { createIncidentView, type IncidentView } from './incidentView.js';

/** What an incident ended as: the one JSON object of `--json`. */
export interface IncidentSummary {
  readonly incident: IncidentName;
  /** While it lasted. */
  readonly quarantineReason: string | null;
  readonly staged: number;
  readonly escrows: number;
  readonly disabled: number;
  readonly messages: readonly string[];
  /** The job's status after the remedy. */
  readonly healed: boolean;
}

export interface IncidentPlay {
  readonly name: IncidentName;
  readonly sandbox: Sandbox;
  /** Whether groups within groups count; off unless it is given. */
  readonly nesting?: Nesting;
  readonly seed: number;
  readonly display: ProgressDisplay;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A list or stream has to lack something twice before it counts, and what failed is tried in the next cycle. */
const cyclesToHeal = 2;
const mailWaitMs = 3_000;

/** An initial cycle, the incident, what an administrator sees of it and is told, and the way out. */
export const playIncident = async (play: IncidentPlay): Promise<IncidentSummary> => {
  const { name, sandbox, say, signal } = play;
  const { graph, zoom, servicePrincipalId, apiTokens } = sandbox.simulators;
  const incident = incidents[name];
  const job = createJobClient(sandbox.jobUrl, apiTokens['Provisioning.Operate']);
  const view = createIncidentView(sandbox.jobUrl, apiTokens['Provisioning.Operate']);
  const hasRun = (await job.readStatus(signal)).lastCycleId !== null;
  if (!hasRun) await runAndTell(play, 'Initial cycle', () => startByTimer(sandbox));
  graph.outbox.clear();
  const oracle = createOracle({
    dir: graph.dir,
    servicePrincipalId,
    readZoom: zoom.state,
    managedDomains: [managedDomain],
    nesting: play.nesting ?? 'off',
  });
  const scene = { sandbox, seed: play.seed, activeIds: [...oracle.judge().activeIds] };
  const ask = () => job.requestCycle(signal);

  say(`\n${incident.story}`);
  const putRight = incident.begin(scene);
  let disabled = 0;
  for (let cycle = 1; cycle <= incident.cycles; cycle += 1) {
    disabled += (await runAndTell(play, `Cycle ${cycle}`, ask)).counts['disabled'] ?? 0;
  }
  const shown = await view.read(signal);
  say(`\nWhat an administrator sees:\n${describeView(shown)}`);
  const messages = await waitForMails(sandbox, signal);
  say(`\n${messages.length === 0 ? 'No message is sent: nobody has to do anything.' : 'The message that is sent:'}`);
  for (const { subject, body } of messages) say(`  ${subject}\n${indent(body.content.trim(), 4)}`);

  say(`\n${incident.remedy}`);
  putRight();
  for (let cycle = 1; cycle <= cyclesToHeal; cycle += 1) await runAndTell(play, `Cycle ${cycle} after it`, ask);
  const after = await view.read(signal);
  say(`\nAfterwards:\n${describeView(after)}`);
  return {
    incident: name,
    quarantineReason: shown.quarantine?.reason ?? null,
    staged: shown.staged.length,
    escrows: shown.escrows.length,
    disabled,
    messages: messages.map(({ subject }) => subject),
    healed: after.quarantine === null && after.staged.length === 0,
  };
};

const startByTimer = async ({ host }: Sandbox): Promise<null> => {
  await host.invokeTimer('schedule', new Date());
  return null;
};

const runAndTell = async (
  { sandbox, display, say, signal }: IncidentPlay,
  title: string,
  start: () => Promise<string | null>,
) => {
  const job = createJobClient(sandbox.jobUrl, sandbox.simulators.apiTokens['Provisioning.Operate']);
  const summary = await runCycle(sandbox, job, { title, expectedWrites: 0, start }, display, signal);
  const { quarantineReason } = await job.readStatus(signal);
  say(
    describeCycle({
      title,
      totals: toCycleTotals(summary),
      held: summary.counts['held'] ?? 0,
      fault: summary.fault,
      quarantineReason,
      reasons: await readLogReasons(sandbox.state.records, summary.cycleId),
    }),
  );
  return summary;
};

const shownRows = 3;

const describeView = ({ code, quarantine, nextAttempt, lastError, staged, escrows }: IncidentView): string =>
  [
    `  status ${code}${quarantine === null ? '' : `, quarantine ${quarantine.reason}, next attempt ${nextAttempt}`}`,
    ...(quarantine?.error ? [`    ${quarantine.error.code}: ${quarantine.error.message}`] : []),
    ...(lastError === null || quarantine?.error ? [] : [`  the last cycle: ${lastError.code}: ${lastError.message}`]),
    `  ${staged.length} staged removals${staged.length === 0 ? '' : ':'}`,
    ...staged
      .slice(0, shownRows)
      .map(({ id, trigger, removal, state }) => `    ${id}: ${removal}, ${trigger}, ${state}`),
    `  ${escrows.length} escrows${escrows.length === 0 ? '' : ':'}`,
    ...escrows
      .slice(0, shownRows)
      .map(({ id, code: failure, attempts }) => `    ${id}: ${failure}, attempts ${attempts}`),
  ].join('\n');

/** Messages go out after the cycle has ended. */
const waitForMails = async ({ simulators }: Sandbox, signal: AbortSignal) => {
  const { outbox } = simulators.graph;
  const untilMs = systemClock.monotonicMs() + mailWaitMs;
  while (outbox.mails.length === 0 && systemClock.monotonicMs() < untilMs) await systemClock.sleep(100, signal);
  return outbox.mails.map(({ message }) => message);
};

const indent = (text: string, by: number): string => text.replaceAll(/^/gm, ' '.repeat(by));
