import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.js';
import { createDependencies, type WatchedDependencies } from './compose/dependencies.js';
import { createJobDoor, type JobDoor } from './compose/jobDoor.js';
import { createWorld } from './compose/world.js';
import { zoomTimeoutMs } from './compose/zoomTimeout.js';
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
import { loadUserMapping } from './loadSchema.js';
import type { CompiledMapping } from './mapping/compiled.js';

/** The running service: real parts, joined. */
export interface App {
  readonly settings: Settings;
  readonly world: World;
  readonly mapping: CompiledMapping;
  readonly jobDoor: JobDoor;
  readonly dependencies: WatchedDependencies;
  /** Puts the job on the queue where something is due. */
  tick(): Promise<TickResult>;
  runSlice(message: SliceMessage): Promise<SliceResult>;
  /** Ends running slices between objects; called when the host stops. */
  stop(): void;
}

/** Builds the service from settings. Throws `ConfigError` or `SchemaFileError`, before anything is touched. */
export const createApp = async (environment: Environment, clock: Clock = systemClock): Promise<App> => {
  const settings = readSettings(environment);
  const mapping = await loadUserMapping(settings.schemaFile);
  const stopping = new AbortController();
  const dependencies = createDependencies(settings, clock);
  const world = await createWorld(settings, clock, mapping, dependencies.observe);
  const engineSettings = toEngineSettings(settings);
  await world.state.jobs.ensureJob(newJob(settings.jobId, settings.provisioningStatus, settings.cycleIntervalMs));
  const memory = createEngineMemory();
  return {
    settings,
    world,
    mapping,
    jobDoor: createJobDoor(settings, engineSettings, world.target, clock),
    dependencies,
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

const toEngineSettings = (settings: Settings): EngineSettings => ({
  ...settings,
  zoomTimeoutMs: zoomTimeoutMs(settings),
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
