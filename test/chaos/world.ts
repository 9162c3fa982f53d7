import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import { jobIdOf } from '../../lib/config/settings.js';
import { startAzurite } from '../../lib/sandbox/azurite/azurite.js';
import type { SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createState, type JobState } from '../../lib/state/createState.js';
import { type Launched, launchProgram, startProgram, stopProgram } from '../bench/processes.js';
import { type Control, createControl } from './control.js';

const announced = z
  .object({
    urls: z.object({ graph: z.string(), zoom: z.string() }),
    ENTRA_TENANT_ID: z.string(),
    ENTRA_SERVICE_PRINCIPAL_ID: z.string(),
    apiTokens: z.unknown(),
    redirectUris: z.unknown(),
  })
  .catchall(z.string());

/** Simulators, storage and the host's settings: all that outlives a kill. */
export interface ChaosWorld {
  readonly control: Control;
  readonly state: JobState;
  readonly servicePrincipalId: string;
  launchHost(): Launched;
  stop(): Promise<void>;
}

/** Starts the simulators and Azurite, each in a process of its own; the host will map by this schema. */
export const startWorld = async (seed: number, schema: SynchronizationSchema): Promise<ChaosWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  const schemaFile = join(folder, 'schema.json');
  await writeFile(schemaFile, JSON.stringify(schema));
  const azurite = await startAzurite({ inMemory: true });
  const simulators = await startProgram(['dist/lib/sandbox/simulators.js', '--seed', String(seed)], {}, (line) =>
    line.startsWith('{'),
  );
  const { urls, apiTokens: _tokens, redirectUris: _uris, ...settings } = announced.parse(JSON.parse(simulators.line));
  const { ENTRA_TENANT_ID: tenantId, ENTRA_SERVICE_PRINCIPAL_ID: servicePrincipalId } = settings;
  const connectionString = azurite.connectionString;
  return {
    control: createControl(urls.graph, urls.zoom),
    servicePrincipalId,
    state: createState({
      tables: createAzureTables({ connection: { kind: 'connectionString', connectionString } }),
      jobId: jobIdOf(tenantId, servicePrincipalId),
      clock: systemClock,
      newId: randomUUID,
    }),
    launchHost: () =>
      launchProgram(
        ['dist/lib/sandbox/host/main.js'],
        { ...settings, ...hostSettings, SCHEMA_FILE: schemaFile, AzureWebJobsStorage: connectionString },
        (line) => line.startsWith('Host started: '),
      ),
    stop: async () => {
      await stopProgram(simulators);
      await azurite.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The shortest lease and a tick each second, so that a dead worker's cycle goes on within seconds. */
const hostSettings = {
  LEASE_DURATION: 'PT3S',
  SCHEDULE: '* * * * * *',
  ZOOM_PLAN: 'pro',
  PORT: '0',
  // A schema may admit so few that a handful of leavers is a large share of them.
  DELETION_THRESHOLD_PERCENT: '100',
  AzureFunctionsJobHost__logging__logLevel__Function: 'Warning',
  'AzureFunctionsJobHost__logging__logLevel__Host.Results': 'Warning',
} as const;
