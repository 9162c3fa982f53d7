import type { SimulatorClock } from './clock.js';
import { formatSeconds } from './clock.js';
import { gatewayError } from './refusal.js';
import { findCategory, type ScimOperation } from './router.js';
import type { RatePreset, RateTable } from './serviceSettings.js';
import type { ZoomSettings } from './settings.js';

/** Zoom, rate limits, by plan; `legacy1rps` is the older text of one request a second for each SCIM endpoint. */
const presets: Readonly<Record<Exclude<RatePreset, 'off'>, RateTable>> = {
  legacy1rps: { Light: { perSecond: 1, perDay: null }, Medium: { perSecond: 1, perDay: null }, perEndpoint: true },
  free: { Light: { perSecond: 4, perDay: 6000 }, Medium: { perSecond: 2, perDay: 2000 }, perEndpoint: false },
  pro: { Light: { perSecond: 30, perDay: null }, Medium: { perSecond: 20, perDay: null }, perEndpoint: false },
  businessPlus: { Light: { perSecond: 80, perDay: null }, Medium: { perSecond: 60, perDay: null }, perEndpoint: false },
};

export const perSecondText = 'You have reached the maximum per-second rate limit for this API. Try again later.';
export const dailyText =
  'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.';

const secondMs = 1000;
const dayMs = 86_400_000;

export const nextMidnightMs = (nowMs: number): number => (Math.floor(nowMs / dayMs) + 1) * dayMs;

interface Bucket {
  /** Instants of the calls let through in the window that counts. */
  instants: number[];
  day: number;
  today: number;
}

type Headers = Readonly<Record<string, string>>;

/** Counts calls on the simulator's clock, for the account as a whole. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private creations = { day: 0, count: 0 };

  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: ZoomSettings,
  ) {}

  /** Lets a call through and answers its headers, or throws the 429. */
  admit(operation: ScimOperation): Headers {
    const table = this.findTable();
    if (table === null) return {};
    const category = findCategory(operation);
    const limit = table[category];
    const nowMs = this.clock.nowMs();
    const bucket = this.findBucket(table.perEndpoint ? operation : category, nowMs);
    if (limit.perDay !== null && bucket.today >= limit.perDay) throw this.refuseDaily(category, limit.perDay);
    if (bucket.instants.length >= limit.perSecond) {
      throw this.refusePerSecond(category, limit.perSecond, this.findReset(bucket, nowMs));
    }
    bucket.instants.push(nowMs);
    bucket.today += 1;
    return headersOf(category, 'QPS', limit.perSecond, limit.perSecond - bucket.instants.length);
  }

  /** Headers of a call that is answered before it is counted. */
  describe(operation: ScimOperation): Headers {
    const table = this.findTable();
    if (table === null) return {};
    const category = findCategory(operation);
    const { perSecond } = table[category];
    const bucket = this.findBucket(table.perEndpoint ? operation : category, this.clock.nowMs());
    return headersOf(category, 'QPS', perSecond, Math.max(0, perSecond - bucket.instants.length));
  }

  /** Counts a creation against the daily cap, where one is set; throws the daily 429. */
  admitCreation(): void {
    const cap = this.settings.dailyCreateCap;
    if (cap === null) return;
    const day = Math.floor(this.clock.nowMs() / dayMs);
    if (this.creations.day !== day) this.creations = { day, count: 0 };
    if (this.creations.count >= cap) throw this.refuseDaily('Light', cap);
    this.creations.count += 1;
  }

  /** The per-second 429 of an operation, whatever was counted. */
  refuseNow(operation: ScimOperation) {
    const category = findCategory(operation);
    const limit = this.findTable()?.[category].perSecond ?? presets.businessPlus[category].perSecond;
    return this.refusePerSecond(category, limit, Math.floor(this.clock.nowMs() / secondMs) + 1);
  }

  refuseDaily(category: string, limit: number, retryAfterMs = nextMidnightMs(this.clock.nowMs()) - this.clock.nowMs()) {
    return gatewayError(this.settings.gatewayErrorShape, 429, 429, dailyText, {
      ...headersOf(category, 'Daily-limit', limit, 0),
      'Retry-After': formatSeconds(this.clock.nowMs() + retryAfterMs),
    });
  }

  clear(): void {
    this.buckets.clear();
    this.creations = { day: 0, count: 0 };
  }

  private refusePerSecond(category: string, limit: number, resetSeconds: number) {
    return gatewayError(this.settings.gatewayErrorShape, 429, 429, perSecondText, {
      ...headersOf(category, 'QPS', limit, 0),
      'X-RateLimit-Reset': String(resetSeconds),
    });
  }

  private findTable(): RateTable | null {
    const { rate } = this.settings;
    if (rate === 'off') return null;
    return typeof rate === 'string' ? presets[rate] : rate;
  }

  private findBucket(name: string, nowMs: number): Bucket {
    const day = Math.floor(nowMs / dayMs);
    const bucket = this.buckets.get(name) ?? { instants: [], day, today: 0 };
    this.buckets.set(name, bucket);
    if (bucket.day !== day) Object.assign(bucket, { day, today: 0 });
    const since = this.settings.rateWindow === 'fixed' ? Math.floor(nowMs / secondMs) * secondMs : nowMs - secondMs + 1;
    if ((bucket.instants[0] ?? since) < since) bucket.instants = bucket.instants.filter((instant) => instant >= since);
    return bucket;
  }

  private findReset(bucket: Bucket, nowMs: number): number {
    if (this.settings.rateWindow === 'fixed') return Math.floor(nowMs / secondMs) + 1;
    return Math.ceil(((bucket.instants[0] ?? nowMs) + secondMs) / secondMs);
  }
}

const headersOf = (category: string, type: string, limit: number, remaining: number): Headers => ({
  'X-RateLimit-Category': category,
  'X-RateLimit-Type': type,
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
});
