import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.js';
import { createDependencies, type WatchedDependencies } from './compose/dependencies.js';
import { createJobDoor, type JobDoor } from './compose/jobDoor.js';
import { composeOnDemand } from './compose/onDemand.js';
import { openJobSchemas } from './compose/openJobSchemas.js';
import { createPreviews, type Previews } from './compose/preview.js';
import { openTelemetry } from './compose/telemetry.js';
import { watchCycles } from './compose/watchedCycles.js';
import { createWorld } from './compose/world.js';
import { createZoomCredential, type ZoomCredential } from './compose/zoomCredential.js';
import { zoomTimeoutMs } from './compose/zoomTimeout.js';
import type { Environment } from './config/environment.js';
import { readSettings } from './config/readSettings.js';
import type { Settings } from './config/settings.js';
import { usualThresholds } from './engine/escrowThresholds.js';
import type { JobSchemas } from './engine/jobSchemas.js';
import { dropOldLogs } from './engine/logRetention.js';
import { createEngineMemory } from './engine/memory.js';
import { newJob } from './engine/newJob.js';
import type { OnDemand } from './engine/onDemand/createOnDemand.js';
import { runSlice, type SliceResult } from './engine/runSlice.js';
import type { EngineSettings } from './engine/settings.js';
import type { SliceMessage } from './engine/state.js';
import { type TickResult, tick } from './engine/tick.js';
import type { World } from './engine/world.js';
import type { RunningTelemetry } from './telemetry/running.js';

/** The running service: real parts, joined. */
export interface App {
  readonly settings: Settings;
  readonly world: World;
  readonly jobDoor: JobDoor;
  readonly dependencies: WatchedDependencies;
  /** The job's schema: what is in force, and what was saved before. */
  readonly schemas: JobSchemas;
  readonly zoomCredential: ZoomCredential;
  readonly preview: Previews;
  /**
   * Puts the job on the queue where something is due, and looks at the credential's age and at what people should be
   * told of; once a day, lets go of logs that are older than is kept.
   */
  tick(): Promise<TickResult>;
  runSlice(message: SliceMessage): Promise<SliceResult>;
  readonly onDemand: OnDemand;
  readonly telemetry: RunningTelemetry;
  /** Ends running slices between objects and sends the telemetry that waits; called when the host stops. */
  stop(): Promise<void>;
}

/** Builds the service from settings. Throws `ConfigError` or `SchemaFileError`, before anything is touched. */
export const createApp = async (environment: Environment, clock: Clock = systemClock): Promise<App> => {
  const settings = readSettings(environment);
  const telemetry = await openTelemetry({ settings: settings.telemetry, clock, writeLine });
  const schemas = await openJobSchemas(settings);
  const stopping = new AbortController();
  const dependencies = createDependencies(settings, clock);
  const zoomCredential = await createZoomCredential(settings, clock);
  const { auth } = zoomCredential;
  const { world, demandTarget, notify } = await createWorld(settings, clock, auth, telemetry, dependencies.observe);
  const cycles = watchCycles({ running: telemetry, world, readAge: zoomCredential.readAge });
  const engineSettings = toEngineSettings(settings);
  await world.state.jobs.ensureJob(newJob(settings.jobId, settings.provisioningStatus, settings.cycleIntervalMs));
  const parts = { settings: engineSettings, memory: createEngineMemory(), stopping: stopping.signal };
  const readSchema = async () => {
    const { mapping, groupMapping } = await schemas.current();
    const redact = new Set([...settings.logRedact, ...mapping.redacted, ...(groupMapping?.redacted ?? [])]);
    return { mapping, groupMapping, redact };
  };
  return {
    settings,
    world,
    jobDoor: createJobDoor({ settings, deployed: engineSettings, saved: demandTarget, zoomCredential, clock }),
    dependencies,
    schemas,
    zoomCredential,
    preview: await createPreviews(settings, world, parts.settings, stopping.signal),
    telemetry,
    tick: () =>
      cycles.tick(async () => {
        const result = await tickConfigured(world, zoomCredential);
        // Before somebody has authorised Zoom, that nothing runs is no news.
        if (await zoomCredential.isConfigured()) await notify.watch(world);
        await dropOldLogs(world, settings.logRetentionMs);
        return result;
      }),
    runSlice: (message) =>
      cycles.slice(async () => {
        const schema = await readSchema();
        const isSuperseded = () => schemas.isSuperseded(schema.mapping);
        const { isConfigured } = zoomCredential;
        const options = { ...parts, ...schema, world, isSuperseded, isConfigured, owner: randomUUID() };
        const result = await runSlice(message, options, new AbortController().signal);
        if (result.kind === 'finished') await notify.watch(world);
        return result;
      }, message),
    onDemand: await composeOnDemand(settings, { ...parts, readSchema, world: { ...world, target: demandTarget } }),
    stop: async () => {
      stopping.abort(new Error('The host is stopping.'));
      await cycles.idle();
      await telemetry.stop();
    },
  };
};

/** A job whose app nobody has authorised starts no cycle: it would end in quarantine. */
const tickConfigured = async (world: World, credential: ZoomCredential): Promise<TickResult> => {
  const isConfigured = await credential.isConfigured();
  const result: TickResult = isConfigured ? await tick(world) : { kind: 'idle', reason: 'nobody has authorised Zoom' };
  await credential.watch(world);
  return result;
};

const toEngineSettings = (settings: Settings): EngineSettings => ({
  ...settings,
  escrowThresholds: usualThresholds,
  zoomTimeoutMs: zoomTimeoutMs(settings),
  concurrency: 16,
});

const writeLine = (line: string): void => void process.stderr.write(line);

let running: Promise<App> | null = null;
let current: App | null = null;

/** The process's one app, built from the environment with the first call. A start that failed is tried again. */
export const getApp = (): Promise<App> => {
  running ??= createApp(process.env).then(
    (app) => {
      current = app;
      return app;
    },
    (error: unknown) => {
      running = null;
      throw error;
    },
  );
  return running;
};

/** The process's telemetry once its app was built; null before. */
export const currentTelemetry = (): RunningTelemetry | null => current?.telemetry ?? null;

/** Lets running slices end between objects, where the app was built at all. */
export const stopApp = async (): Promise<void> => (await running)?.stop();
