export interface BackoffOptions {
  /** The first wait; each further one is twice as long. */
  readonly baseMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait after failed attempt number `attempt` (1 is the first) where the service did not say. Half of it is
 * drawn by `random` (0 to below 1), so that workers that failed together do not come back together.
 */
export const computeBackoffMs = (attempt: number, { baseMs, maxMs }: BackoffOptions, random: () => number): number => {
  const fullMs = Math.min(maxMs, baseMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(fullMs / 2 + (fullMs / 2) * random());
};
