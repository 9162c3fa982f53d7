import { z } from 'zod';
import type { Fault } from '../engine/model.js';
import type { World } from '../engine/world.js';
import { ApiError } from './apiError.js';
import type { ApiAnswer, ApiRequest } from './apiRequest.js';
import { type CredentialsDoor, type GivenCredentials, type SecretPair, secretPair } from './credentials.js';
import { graphObject } from './graphBody.js';
import { checkJob } from './jobPath.js';
import { parseBody } from './parseBody.js';

type Validate = Pick<World, 'jobId' | 'servicePrincipalId' | 'clock'>;

const body = graphObject({
  applicationIdentifier: z.string().nullish(),
  templateId: z.string().nullish(),
  useSavedCredentials: z.boolean().nullish(),
  credentials: z.array(secretPair).nullish(),
});

/** Below the 230 seconds that the platform gives an answer. */
const longestMs = 60_000;

/**
 * `POST …/validateCredentials` with the credentials in the body or the saved ones: 204 where they are good. 400 names
 * the fault; its target tells `credentials` from `prerequisites` of the Zoom account. 503 where Zoom could not say.
 */
export const validateCredentials = async (
  world: Validate,
  credentials: CredentialsDoor,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  checkJob(world, request);
  const { useSavedCredentials, credentials: given } = await parseBody(request, body);
  const tried = useSavedCredentials ? null : readGiven(given ?? [], credentials);
  const fault = await tryWithin(longestMs, (signal) => credentials.tryOut(tried, signal));
  if (fault) throw explain(fault, world.clock.nowMs());
  return { status: 204, headers: {}, body: undefined };
};

/** Where a rate limit or a slow service keeps the question waiting, nothing is known of the credentials. */
const tryWithin = async (limitMs: number, tryOut: (signal: AbortSignal) => Promise<Fault | null>) => {
  const late = AbortSignal.timeout(limitMs);
  try {
    return await tryOut(late);
  } catch (error) {
    if (!late.aborted) throw error;
    throw new ApiError(503, 'Timeout', 'Zoom has not answered within a minute. Try again later.', 'service');
  }
};

const missing = (what: string): ApiError => new ApiError(400, 'BadRequest', `credentials: ${what}.`, 'credentials');

/** What is not given is taken from the deployment, so that one new secret can be tried alone. */
const readGiven = (pairs: readonly SecretPair[], { deployed }: CredentialsDoor): GivenCredentials => {
  const given = new Map(pairs.flatMap(({ key, value }) => (value ? [[key, value] as const] : [])));
  if (given.size === 0) throw missing('expected credentials, or useSavedCredentials true');
  checkAddress(given.get('BaseAddress'), 'BaseAddress', deployed);
  checkAddress(given.get('Oauth2TokenExchangeUri'), 'Oauth2TokenExchangeUri', deployed);
  const token = given.get('SecretToken');
  if (token) return { kind: 'bearer', token };
  const read = (key: SecretPair['key']): string => {
    const value = given.get(key) ?? deployed.find((one) => one.key === key)?.value;
    if (!value) throw missing(`${key} is missing`);
    return value;
  };
  return {
    kind: 'serverToServer',
    accountId: read('CompanyId'),
    clientId: read('Oauth2ClientId'),
    clientSecret: read('Oauth2ClientSecret'),
  };
};

/** Credentials go to the configured hosts and no others. */
const checkAddress = (
  address: string | undefined,
  key: SecretPair['key'],
  deployed: readonly CredentialsDoor['deployed'][number][],
): void => {
  const own = deployed.find((one) => one.key === key);
  if (address === undefined || address.replace(/\/+$/, '') === own?.value) return;
  throw missing(`${key} is not the address that this service is set up for (${own?.setting ?? 'it has none'})`);
};

/** What somebody has to change in the Zoom account, whatever the credentials are. */
const prerequisites: ReadonlySet<string> = new Set([
  'SingleSignOnDisabled',
  'InsufficientRights',
  'ZoomAppDisabled',
  'ZoomAppApprovalWithdrawn',
]);

const explain = (fault: Fault, nowMs: number): ApiError => {
  const details = [{ code: 'RecommendedAction', message: fault.recommendedAction }];
  if (fault.whose === 'job') {
    const target = prerequisites.has(fault.code) ? 'prerequisites' : 'credentials';
    return new ApiError(400, fault.code, fault.message, target, { details });
  }
  const waitMs = fault.retryAt === undefined ? 60_000 : Math.max(1_000, Date.parse(fault.retryAt) - nowMs);
  return new ApiError(503, fault.code, fault.message, 'service', {
    details,
    retryAfterSeconds: Math.ceil(waitMs / 1_000),
  });
};
