import type { Outgoing } from '../http/outgoing.js';
import type { PaceNews } from '../http/pace.js';
import type { Allowance, RateLimits } from '../http/rate.js';
import { readAnswer } from './readAnswer.js';
import { readThrottling } from './throttling.js';

export type ZoomPlan = 'free' | 'pro' | 'business';

/** Zoom's categories that SCIM calls fall into; `all` where one figure covers every endpoint. */
export type RateBucket = 'light' | 'medium' | 'all';

/** Requests a second for each account and category (Zoom, rate limits). */
const planLimits: Readonly<Record<ZoomPlan, Readonly<Record<'light' | 'medium', number>>>> = {
  free: { light: 4, medium: 2 },
  pro: { light: 30, medium: 20 },
  business: { light: 80, medium: 60 },
};

/** Of a second's allowance, what may be sent at once after a rest. */
const burstSeconds = 0.2;

export interface RateSettings {
  readonly plan: ZoomPlan;
  /** Total over all endpoints, instead of the plan's figures; null to keep those. */
  readonly requestsPerSecond: number | null;
  /** How much of the account's allowance we take, above 0 and up to 1. */
  readonly share: number;
}

export const bucketLimits = (settings: RateSettings): Readonly<Record<string, RateLimits>> => {
  const limitsOf = (allowed: number): RateLimits => {
    const ceilingPerSecond = allowed * settings.share;
    // Rate and burst together must stay within what is allowed in any one second.
    const spare = allowed - ceilingPerSecond;
    return { ceilingPerSecond, burst: Math.max(1, Math.min(ceilingPerSecond * burstSeconds, spare)) };
  };
  if (settings.requestsPerSecond !== null) {
    return { all: limitsOf(settings.requestsPerSecond) };
  }
  const { light, medium } = planLimits[settings.plan];
  return { light: limitsOf(light), medium: limitsOf(medium) };
};

/** Lists are Medium, with or without a filter; everything about one object is Light. */
export const chooseBucket = (
  { url, method }: Pick<Outgoing, 'url' | 'method'>,
  settings: Pick<RateSettings, 'requestsPerSecond'>,
): RateBucket => {
  if (settings.requestsPerSecond !== null) {
    return 'all';
  }
  return method === 'GET' && /\/(Users|Groups)\/?$/i.test(url.pathname) ? 'medium' : 'light';
};

/** What an answer says about the pace: Zoom counts for the whole account, so our share applies to its figures too. */
export const readPaceNews = async (
  response: Response,
  bucket: string,
  settings: Pick<RateSettings, 'share'>,
  nowMs: number,
): Promise<PaceNews> => {
  // Only a refusal's body is worth reading here: pages of accounts are large.
  const throttling = response.status < 400 ? null : readThrottling(await readAnswer(response), nowMs);
  if (throttling === null || throttling.kind === 'lock') {
    return { kind: 'allowed', allowance: readAllowance(response.headers, bucket, settings.share) };
  }
  return { kind: 'refused', refusal: { pauseMs: throttling.waitMs, lowers: throttling.kind === 'rate' } };
};

const readAllowance = (headers: Headers, bucket: string, share: number): Allowance => {
  const isPerSecond = /^qps$/i.test(headers.get('x-ratelimit-type') ?? '');
  const isOurs = headers.get('x-ratelimit-category')?.toLowerCase() === bucket;
  const limit = readWholeNumber(headers.get('x-ratelimit-limit'));
  return {
    perSecond: isPerSecond && isOurs && limit !== null && limit > 0 ? limit * share : null,
    isExhausted: isPerSecond && readWholeNumber(headers.get('x-ratelimit-remaining')) === 0,
  };
};

const readWholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
