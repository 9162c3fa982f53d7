/** The value below which that share of the values lies; NaN of none. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** `p50 3 ms, p95 8 ms, p99 20 ms, longest 31 ms (412)`. */
export const describeLatencies = (latenciesMs: readonly number[]): string => {
  const sorted = latenciesMs.toSorted((one, other) => one - other);
  const at = (share: number): string => `${percentile(sorted, share).toFixed(0)} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)} (${sorted.length})`;
};
