import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { jobIdOf } from '../../lib/config/settings.js';
import type { CycleKind, CycleSummary } from '../../lib/engine/control.js';
import { type Azurite, startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createState, type JobState } from '../../lib/state/createState.js';
import { benchCredentials, benchServicePrincipalId, benchTenantId } from './constants.js';
import { type Started, startProgram, stopProgram } from './processes.js';

export interface BenchOptions {
  readonly users: number;
  /** Zoom's limits: none, or the preset of a Business account. */
  readonly rate: 'off' | 'business';
  /** Of the host, beside those that every part of the bench has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A cycle's figures. Memory in bytes: the largest heap after a forced collection, and the largest resident size. */
export interface Measured {
  readonly summary: CycleSummary;
  readonly seconds: number;
  readonly peakHeap: number;
  readonly peakRss: number;
  /** How often memory was looked at. */
  readonly samples: number;
}

export interface Bench {
  readonly hostUrl: string;
  /** Memory is looked at this often, each second by default; each look forces a collection, which takes its time. */
  run(kind: CycleKind, sampleMs?: number): Promise<Measured>;
  /** Zoom's answers by status, since the start. */
  zoomStatuses(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const addresses = z.object({ graphUrl: z.string(), zoomUrl: z.string(), graphToken: z.string() });
const memory = z.object({ heapUsed: z.number(), rss: z.number() });
const zoomJournal = z.object({ byStatus: z.record(z.string(), z.number()) });

/** Simulators, Azurite and the host, each in a process of its own, with a seeded tenant. */
export const startBench = async (options: BenchOptions): Promise<Bench> => {
  const azurite = await startAzurite({ inMemory: true, oldSpaceMb: 8192 });
  const simulators = await startProgram(
    [
      '--max-old-space-size=8192',
      'dist/test/bench/simulators.js',
      '--users',
      String(options.users),
      '--rate',
      options.rate,
    ],
    {},
    (line) => line.startsWith('{'),
  );
  const { graphUrl, zoomUrl, graphToken } = addresses.parse(JSON.parse(simulators.line));
  const host = await startProgram(
    ['dist/lib/sandbox/host/main.js'],
    {
      AzureWebJobsStorage: azurite.connectionString,
      ENTRA_TENANT_ID: benchTenantId,
      ENTRA_SERVICE_PRINCIPAL_ID: benchServicePrincipalId,
      GRAPH_ENDPOINT: graphUrl,
      GRAPH_TOKEN: graphToken,
      ZOOM_SCIM_ENDPOINT: `${zoomUrl}/scim2`,
      ZOOM_OAUTH_ENDPOINT: `${zoomUrl}/oauth`,
      ZOOM_ACCOUNT_ID: benchCredentials.accountId,
      ZOOM_CLIENT_ID: benchCredentials.clientId,
      ZOOM_CLIENT_SECRET: benchCredentials.clientSecret,
      ...(options.rate === 'off' ? { ZOOM_REQUESTS_PER_SECOND: '100000' } : { ZOOM_PLAN: 'business' }),
      SCHEDULE: '0 0 0 1 1 *',
      PORT: '0',
      SANDBOX_REPORT_MEMORY: '1',
      ...options.settings,
    },
    (line) => line.startsWith('Host started: '),
  );
  const hostUrl = host.line.slice('Host started: '.length).trim();
  const state = createState({
    tables: createAzureTables({ connection: { kind: 'connectionString', connectionString: azurite.connectionString } }),
    jobId: jobIdOf(benchTenantId, benchServicePrincipalId),
    clock: systemClock,
    newId: randomUUID,
  });
  return {
    hostUrl,
    run: (kind, sampleMs = 1_000) => measureCycle(kind, hostUrl, state, sampleMs),
    zoomStatuses: async () => {
      const response = await fetch(`${zoomUrl}/__sim/journal?summary=1`);
      return zoomJournal.parse(await response.json()).byStatus;
    },
    stop: () => stopAll(azurite, [host, simulators]),
  };
};

const stopAll = async (azurite: Azurite, started: readonly Started[]): Promise<void> => {
  for (const one of started) await stopProgram(one);
  await azurite.stop();
};

const measureCycle = async (kind: CycleKind, hostUrl: string, state: JobState, sampleMs: number): Promise<Measured> => {
  const cycleId = randomUUID();
  await state.jobs.request({ cycleId, kind, requestedAt: new Date().toISOString() });
  const startedMs = performance.now();
  const tick = await fetch(`${hostUrl}/admin/functions/schedule`, { method: 'POST', body: '{"input":""}' });
  if (tick.status !== 202) throw new Error(`The timer could not be fired: ${tick.status}.`);
  let peakHeap = 0;
  let peakRss = 0;
  let samples = 0;
  for (;;) {
    await wait(sampleMs);
    const { heapUsed, rss } = memory.parse(await (await fetch(`${hostUrl}/admin/memory`)).json());
    samples += 1;
    peakHeap = Math.max(peakHeap, heapUsed);
    peakRss = Math.max(peakRss, rss);
    const { job, cycle } = await state.jobs.read();
    if (process.stderr.isTTY && cycle) process.stderr.write(`\r${cycle.phase} ${cycle.units.done} objects   `);
    if (job?.lastExecution?.cycleId !== cycleId) continue;
    const summary = job.lastExecution;
    const seconds = (Date.parse(summary.endedAt) - Date.parse(summary.startedAt)) / 1_000;
    const measuredSeconds = seconds > 0 ? seconds : (performance.now() - startedMs) / 1_000;
    return { summary, seconds: measuredSeconds, peakHeap, peakRss, samples };
  }
};
