import type { SimulatorClock } from './clock.js';
import type { QueryOptions } from './query.js';
import type { RouteName } from './routes.js';
import type { GraphSettings } from './settings.js';

const baseCosts: Readonly<Partial<Record<RouteName, number>>> = {
  users: 2,
  memberOf: 2,
  groupMemberOf: 2,
  members: 3,
  transitiveMembers: 5,
  batch: 0,
  sendMail: 0,
};

/** Resource units of a request (Graph, identity and access limits): what is not listed costs 1, and nothing less. */
export const costOf = (route: RouteName, query: QueryOptions): number => {
  const base = baseCosts[route] ?? 1;
  if (base === 0) {
    return 0;
  }
  const top = Number(query.system.get('$top') ?? Number.NaN);
  const select = query.system.has('$select') ? -1 : 0;
  const expand = query.system.has('$expand') ? 1 : 0;
  const small = top < 20 ? -1 : 0;
  return Math.max(1, base + select + expand + small);
};

/** What the bucket says of a request: let it through, or when to come again. `usage` is 1 at the limit. */
export interface Charge {
  readonly usage: number;
  readonly retryAfterSeconds: number | null;
}

/** The token bucket of one application in one tenant. */
export interface Bucket {
  charge(cost: number): Charge;
}

const windowSeconds = 10;
const quotaOf = (users: number): number => {
  if (users < 50) {
    return 3_500;
  }
  return users <= 500 ? 5_000 : 8_000;
};

/** The quota follows the settings and the number of users at each request. Refused requests are charged too. */
export const createBucket = (clock: SimulatorClock, settings: GraphSettings, countUsers: () => number): Bucket => {
  let spent = 0;
  let seenMs = clock.nowMs();
  return {
    charge: (cost) => {
      if (settings.throttle === 'off') {
        return { usage: 0, retryAfterSeconds: null };
      }
      const quota = settings.throttle === 'byTenantSize' ? quotaOf(countUsers()) : settings.throttle;
      const perSecond = quota / windowSeconds;
      const nowMs = clock.nowMs();
      spent = Math.max(0, spent - ((nowMs - seenMs) / 1_000) * perSecond);
      seenMs = nowMs;
      // What is charged beyond the quota is bounded, so that hammering delays but never locks out.
      spent = Math.min(quota * 1.5, spent + cost);
      const excess = spent - quota;
      return {
        usage: spent / quota,
        retryAfterSeconds: excess > 0 ? Math.max(1, Math.ceil(excess / perSecond)) : null,
      };
    },
  };
};
