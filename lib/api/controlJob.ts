import { z } from 'zod';
import type { JobRow } from '../engine/control.js';
import {
  chooseClearing,
  deleteJob,
  pauseJob,
  type ResetScope,
  resetScopes,
  restartJob,
  startJob,
} from '../engine/restart.js';
import type { World } from '../engine/world.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { graphObject } from './graphBody.js';
import { checkJob, readJob } from './jobPath.js';
import { parseBody } from './parseBody.js';
import { recordChange } from './recordChange.js';
import type { JobView } from './synchronizationJob.js';

type Control = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'queue' | 'clock' | 'newId'>;

type Configured = Pick<JobView, 'isConfigured'>;

const done: ApiAnswer = { status: 204, headers: {}, body: undefined };
const noBody = graphObject({});

/** `POST …/start`: the job goes on where it was paused, out of quarantine, and its next cycle is queued at once. */
export const handleStart = async (
  world: Control,
  view: Configured,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  await parseBody(request, noBody);
  const changed = await changeJob(world, startJob);
  await recordChange(world, 'Enable/start provisioning configuration', caller, [statusChange(changed)]);
  await queueNextCycle(world, view);
  return done;
};

/** `POST …/pause`: a running cycle stops at the next object, its state kept. */
export const handlePause = async (world: Control, request: ApiRequest, caller: Caller): Promise<ApiAnswer> => {
  checkJob(world, request);
  await parseBody(request, noBody);
  const changed = await changeJob(world, pauseJob);
  await recordChange(world, 'Disable/pause provisioning configuration', caller, [statusChange(changed)]);
  return done;
};

const isScope = (name: string): name is ResetScope => resetScopes.some((scope) => scope === name);

/** Graph's flags: names separated by commas; an empty text is no scope. */
const resetScope = z.string().transform((text, context): readonly ResetScope[] => {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  const known = names.filter(isScope);
  if (known.length === names.length) return known;
  context.addIssue({ code: 'custom', message: `expected ${resetScopes.join(', ')}, or several separated by commas` });
  return z.NEVER;
});

const restartBody = graphObject({
  criteria: graphObject({ resetScope: resetScope.nullish() }).nullish(),
});

/**
 * `POST …/restart`: the job is on, and what the scopes name is cleared before its next cycle, which is queued at once. A
 * cycle that runs stops at the next object; one that is to evaluate everybody replaces it under its id.
 */
export const handleRestart = async (
  world: Control,
  view: Configured,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { criteria } = await parseBody(request, restartBody);
  const scopes = criteria?.resetScope ?? [];
  const clearing = chooseClearing(scopes);
  const id = world.newId();
  const release = { by: caller.objectId, at: new Date(world.clock.nowMs()).toISOString() };
  const changed = await changeJob(world, (job) => restartJob(job, clearing, id, release));
  await recordChange(world, 'Enable/restart provisioning configuration', caller, [
    statusChange(changed),
    { name: 'resetScope', old: null, new: scopes.join(',') },
  ]);
  await queueNextCycle(world, view);
  return done;
};

/** `DELETE …/jobs/{job}`: the job is off until it is started, and what it knows is erased, its log too. Settings, schema and audit stay. */
export const handleDelete = async (world: Control, request: ApiRequest, caller: Caller): Promise<ApiAnswer> => {
  checkJob(world, request);
  const id = world.newId();
  const changed = await changeJob(world, (job) => deleteJob(job, id));
  await recordChange(world, 'Delete provisioning configuration', caller, [statusChange(changed)]);
  await sendMessage(world);
  return done;
};

interface Changed {
  readonly before: JobRow;
  readonly after: JobRow;
}

const changeJob = async (world: Control, change: (job: JobRow) => JobRow): Promise<Changed> => {
  let before: JobRow | null = null;
  const after = await world.state.jobs.updateJob((job) => {
    before = job;
    return change(job);
  });
  return { before: before ?? after, after };
};

const statusChange = ({ before, after }: Changed) => ({ name: 'status', old: before.status, new: after.status });

/** A cycle that is unfinished goes on; else one is asked for, unless a restart brings its own. Without a consent none. */
const queueNextCycle = async (world: Control, { isConfigured }: Configured): Promise<void> => {
  if (!(await isConfigured())) return;
  const { job, cycle } = await readJob(world);
  if (!cycle && !job.reset?.isInitial) {
    const requestedAt = new Date(world.clock.nowMs()).toISOString();
    await world.state.jobs.request({ cycleId: world.newId(), kind: 'incremental', requestedAt });
  }
  await sendMessage(world);
};

/** Names no cycle: whoever takes it finds out what is to be done. */
const sendMessage = (world: Control): Promise<void> =>
  world.queue.send({ jobId: world.jobId, cycleId: null, slice: 1 }, 0);
