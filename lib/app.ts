import { randomUUID } from 'node:crypto';
import { v7 as timeOrderedId } from 'uuid';
import { type Clock, systemClock } from './clock.js';
import type { Environment } from './config/environment.js';
import { readSettings } from './config/readSettings.js';
import type { Settings } from './config/settings.js';
import { createEngineMemory } from './engine/memory.js';
import { newJob } from './engine/newJob.js';
import { runSlice, type SliceResult } from './engine/runSlice.js';
import type { EngineSettings } from './engine/settings.js';
import type { SliceMessage } from './engine/state.js';
import { type TickResult, tick } from './engine/tick.js';
import type { World } from './engine/world.js';
import { createDirectory } from './entra/directory.js';
import { createGraphTokenSource } from './entra/graphToken.js';
import { loadUserMapping } from './loadSchema.js';
import type { CompiledMapping } from './mapping/compiled.js';
import { createLogNotifier } from './notify/logNotifier.js';
import { createAzureTables } from './state/azureTables.js';
import { createState } from './state/createState.js';
import { createCycleQueue } from './state/cycleQueue.js';
import type { StorageConnection } from './state/storageConnection.js';
import { createLineTelemetry } from './telemetry/lineTelemetry.js';
import { createRequestTally } from './telemetry/requestTally.js';
import { createTarget } from './zoom/target.js';

/** The running service: real parts, joined. */
export interface App {
  readonly settings: Settings;
  readonly world: World;
  readonly mapping: CompiledMapping;
  /** Puts the job on the queue where something is due. */
  tick(): Promise<TickResult>;
  runSlice(message: SliceMessage): Promise<SliceResult>;
  /** Ends running slices between objects; called when the host stops. */
  stop(): void;
}

/** Of the account's rate a cycle takes this much and leaves the rest to on demand. */
const cycleShare = 0.8;
/** A request to Zoom takes at most so much of the lease, so that none outlives it. */
const timeoutShareOfLease = 1 / 3;

/** Builds the service from settings. Throws `ConfigError` or `SchemaFileError`, before anything is touched. */
export const createApp = async (environment: Environment, clock: Clock = systemClock): Promise<App> => {
  const settings = readSettings(environment);
  const mapping = await loadUserMapping(settings.schemaFile);
  const stopping = new AbortController();
  const world = await createWorld(settings, clock, mapping);
  const engineSettings = toEngineSettings(settings);
  await world.state.jobs.ensureJob(newJob(settings.jobId, settings.provisioningStatus, settings.cycleIntervalMs));
  const memory = createEngineMemory();
  return {
    settings,
    world,
    mapping,
    tick: () => tick(world),
    runSlice: (message) =>
      runSlice(
        message,
        {
          world,
          settings: engineSettings,
          mapping,
          redact: new Set([...settings.logRedact, ...mapping.redacted]),
          memory,
          owner: randomUUID(),
          stopping: stopping.signal,
        },
        new AbortController().signal,
      ),
    stop: () => stopping.abort(new Error('The host is stopping.')),
  };
};

const createWorld = async (settings: Settings, clock: Clock, mapping: CompiledMapping): Promise<World> => {
  const tally = createRequestTally();
  const telemetry = createLineTelemetry({
    clock,
    least: 'warning',
    write: (line) => void process.stderr.write(line),
  });
  const connection = await connectStorage(settings);
  const tables = createAzureTables({ connection });
  const { leaseDurationMs, zoom, graph } = settings;
  return {
    jobId: settings.jobId,
    tenantId: settings.tenantId,
    servicePrincipalId: settings.servicePrincipalId,
    directory: createDirectory({
      endpoint: graph.endpoint,
      servicePrincipalId: settings.servicePrincipalId,
      getToken: createGraphTokenSource({
        endpoint: graph.endpoint,
        identity: 'default',
        ...(graph.fixedToken === null ? {} : { fixedToken: graph.fixedToken }),
      }),
      attributes: { user: mapping.sourceAttributes },
      clock,
      observe: tally.add,
    }),
    target: createTarget({
      ...zoom,
      requestsPerSecond: zoom.requestsPerSecond ?? undefined,
      share: cycleShare,
      timeoutMs: Math.min(30_000, leaseDurationMs * timeoutShareOfLease),
      clock,
      random: Math.random,
      newId: randomUUID,
      observer: {
        request: tally.add,
        unreadableRow: ({ code }) => telemetry.event('warning', 'TargetRowUnreadable', { jobId: settings.jobId, code }),
        foreignApiHost: () =>
          telemetry.event('warning', 'ForeignApiHost', { jobId: settings.jobId, code: 'ZoomApiOnAnotherHost' }),
      },
    }),
    state: createState({ tables, jobId: settings.jobId, clock, newId: timeOrderedId }),
    queue: createCycleQueue({ connection }),
    notifier: createLogNotifier(telemetry),
    telemetry,
    clock,
    newId: timeOrderedId,
    requestCounts: tally.read,
  };
};

/** `@azure/identity` is loaded only where no connection string is given. */
const connectStorage = async ({ storage }: Settings): Promise<StorageConnection> => {
  if (storage.kind === 'connectionString') return storage;
  const { DefaultAzureCredential } = await import('@azure/identity');
  return { ...storage, credential: new DefaultAzureCredential() };
};

const toEngineSettings = (settings: Settings): EngineSettings => ({
  ...settings,
  zoomTimeoutMs: Math.min(30_000, settings.leaseDurationMs * timeoutShareOfLease),
  concurrency: 16,
});

let running: Promise<App> | null = null;

/** The process's one app, built from the environment with the first call. A start that failed is tried again. */
export const getApp = (): Promise<App> => {
  running ??= createApp(process.env).catch((error: unknown) => {
    running = null;
    throw error;
  });
  return running;
};

/** Lets running slices end between objects, where the app was built at all. */
export const stopApp = async (): Promise<void> => (await running)?.stop();
