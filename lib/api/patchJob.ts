import { Duration } from 'luxon';
import { z } from 'zod';
import type { AuditChange } from '../engine/audit.js';
import type { JobRow } from '../engine/control.js';
import type { JobSettings } from '../engine/jobSettings.js';
import type { EngineSettings } from '../engine/settings.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import { graphObject } from './graphBody.js';
import { checkJob } from './jobPath.js';
import { listSettings, type ParsePolicy, readSetting, settingNames } from './jobSettings.js';
import { showJob } from './jobs.js';
import { parseBody } from './parseBody.js';
import { printDuration } from './printDuration.js';
import { recordChange } from './recordChange.js';
import type { JobView } from './synchronizationJob.js';

export interface JobDefaults extends JobView {
  readonly parsePolicy: ParsePolicy;
}

type Patch = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'clock' | 'newId'>;

const [leastInterval, mostInterval] = ['PT5M', 'P7D'];

const interval = z.string().transform((text, context): number => {
  const ms = Duration.fromISO(text).toMillis();
  const isInside = ms >= Duration.fromISO(leastInterval).toMillis() && ms <= Duration.fromISO(mostInterval).toMillis();
  if (isInside) return ms;
  const message = `expected an ISO 8601 duration from ${leastInterval} to ${mostInterval}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const patchBody = graphObject({
  schedule: graphObject({ interval }).optional(),
  synchronizationJobSettings: z
    .array(
      graphObject({
        name: z.enum(settingNames, { error: `expected ${settingNames.join(', ')}` }),
        value: z.string().nullable(),
      }),
    )
    .optional(),
});

/**
 * `PATCH …/jobs/{job}`: the interval and the named settings, which are kept with the job and win over the deployment's. A
 * setting that is not named stays; null takes the deployment's back into force. 200 with the job.
 */
export const patchJob = async (
  world: Patch,
  defaults: JobDefaults,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const body = await parseBody(request, patchBody);
  const settings = readSettings(body.synchronizationJobSettings ?? [], defaults.parsePolicy);
  const nowMs = world.clock.nowMs();
  let changes: readonly AuditChange[] = [];
  await world.state.jobs.updateJob((job) => {
    const patched = withInterval(
      { ...job, settings: { ...job.settings, ...settings } },
      body.schedule?.interval,
      nowMs,
    );
    changes = describeChanges(job, patched, defaults.deployed);
    return patched;
  });
  if (changes.length > 0) {
    await recordChange(world, 'Update provisioning setting or credentials', caller, changes);
  }
  return { status: 200, headers: {}, body: await showJob(world, defaults) };
};

type NamedValue = NonNullable<z.infer<typeof patchBody>['synchronizationJobSettings']>[number];

const readSettings = (given: readonly NamedValue[], parsePolicy: ParsePolicy): Partial<JobSettings> => {
  let settings: Partial<JobSettings> = {};
  for (const [index, { name, value }] of given.entries()) {
    const read = readSetting(name, value, parsePolicy);
    if (read.kind === 'expected') {
      const target = `synchronizationJobSettings[${index}].value`;
      throw new ApiError(400, 'BadRequest', `${target}: ${name} wants ${read.expected}.`, target);
    }
    settings = { ...settings, ...read.change };
  }
  return settings;
};

/** A shorter interval counts at once, a longer one from the next cycle. */
const withInterval = (job: JobRow, intervalMs: number | undefined, nowMs: number): JobRow => {
  if (intervalMs === undefined) return job;
  const latest = new Date(nowMs + intervalMs).toISOString();
  const nextRunAt = job.nextRunAt !== null && job.nextRunAt > latest ? latest : job.nextRunAt;
  return { ...job, intervalMs, nextRunAt };
};

const describeChanges = (before: JobRow, after: JobRow, deployed: EngineSettings): readonly AuditChange[] => {
  const describe = (job: JobRow) => [
    { name: 'schedule.interval', value: printDuration(job.intervalMs) },
    ...listSettings(deployed, job.settings),
  ];
  const old = new Map(describe(before).map(({ name, value }) => [name, value]));
  return describe(after)
    .filter(({ name, value }) => old.get(name) !== value)
    .map(({ name, value }) => ({ name, old: old.get(name) ?? null, new: value }));
};
