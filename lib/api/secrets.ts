import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { AuditChange } from '../engine/audit.js';
import type { JobSettings } from '../engine/jobSettings.js';
import type { EngineSettings } from '../engine/settings.js';
import { settingsInForce } from '../engine/settingsInForce.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import type { Caller } from './authorise.js';
import type { DeployedSecret, SecretPair } from './credentials.js';
import { secretPair } from './credentials.js';
import { graphObject } from './graphBody.js';
import { checkServicePrincipal, readJob } from './jobPath.js';
import { printNotificationSettings, readNotificationSettings } from './notificationSettings.js';
import { parseBody } from './parseBody.js';
import { refuseQuery } from './parseQuery.js';
import { recordChange } from './recordChange.js';

type Secrets = Pick<World, 'jobId' | 'servicePrincipalId' | 'state' | 'clock' | 'newId'>;

export interface SecretsContext {
  readonly deployed: EngineSettings;
  readonly secrets: readonly DeployedSecret[];
}

/** `GET …/synchronization/secrets`: keys with their values; of a secret only that it is there. */
export const listSecrets = async (world: Secrets, context: SecretsContext, request: ApiRequest): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  refuseQuery(request);
  const { job } = await readJob(world);
  const value: readonly SecretPair[] = [
    ...context.secrets.map(({ key, value: held, isSecret }) => ({ key, value: isSecret ? null : held })),
    { key: 'SkipOutOfScopeDeletions', value: printSkipping(job.settings, context.deployed) },
    { key: 'SyncNotificationSettings', value: printNotificationSettings(job.settings) },
  ];
  return { status: 200, headers: {}, body: { value } };
};

const putBody = graphObject({ value: z.array(secretPair) });

/**
 * `PUT …/synchronization/secrets`: settings are kept with the job. Credentials are not kept here: one that is already the
 * deployment's passes, another is refused with the name of the setting to change. A key that is not named stays. 204.
 */
export const putSecrets = async (
  world: Secrets,
  context: SecretsContext,
  request: ApiRequest,
  caller: Caller,
): Promise<ApiAnswer> => {
  checkServicePrincipal(world, request);
  const { value } = await parseBody(request, putBody);
  let settings: Partial<JobSettings> = {};
  for (const [index, pair] of value.entries()) {
    settings = { ...settings, ...readPair(pair, `value[${index}].value`, context) };
  }
  let changes: readonly AuditChange[] = [];
  await world.state.jobs.updateJob((job) => {
    const changed = { ...job, settings: { ...job.settings, ...settings } };
    changes = describeChanges(job.settings, changed.settings, context.deployed);
    return changed;
  });
  if (changes.length > 0) {
    await recordChange(world, 'Update provisioning setting or credentials', caller, changes);
  }
  return { status: 204, headers: {}, body: undefined };
};

const readPair = ({ key, value }: SecretPair, target: string, context: SecretsContext): Partial<JobSettings> => {
  const refuse = (said: string): ApiError => new ApiError(400, 'BadRequest', `${target}: ${key} ${said}.`, target);
  switch (key) {
    case 'SkipOutOfScopeDeletions':
      if (value === null) return { skipOutOfScopeDeletions: null };
      if (!/^(true|false)$/i.test(value)) throw refuse('wants True or False');
      return { skipOutOfScopeDeletions: value.toLowerCase() === 'true' };
    case 'SyncNotificationSettings': {
      if (value === null) return { notificationEmails: null };
      const read = readNotificationSettings(value);
      if (!read) {
        throw refuse(
          'wants JSON with Enabled, Recipients (e-mail addresses), DeleteThresholdEnabled and DeleteThresholdValue',
        );
      }
      return read;
    }
    default: {
      const held = context.secrets.find((secret) => secret.key === key);
      if (held && value !== null && isSame(value, held.value)) return {};
      throw refuse(
        held
          ? `is the setting ${held.setting} of the deployment; change it there, since nothing secret is kept here`
          : 'is not used by this deployment',
      );
    }
  }
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (given: string, held: string): boolean => timingSafeEqual(digest(given), digest(held));

const printSkipping = (job: JobSettings, deployed: EngineSettings): string =>
  settingsInForce(deployed, job).skipOutOfScopeDeletions ? 'True' : 'False';

const describeChanges = (before: JobSettings, after: JobSettings, deployed: EngineSettings): readonly AuditChange[] => {
  const describe = (job: JobSettings): Readonly<Record<string, string>> => ({
    SkipOutOfScopeDeletions: printSkipping(job, deployed),
    SyncNotificationSettings: printNotificationSettings(job),
  });
  const old = describe(before);
  return Object.entries(describe(after))
    .filter(([name, value]) => old[name] !== value)
    .map(([name, value]) => ({ name, old: old[name] ?? null, new: value }));
};
