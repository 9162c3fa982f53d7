/** How far a cycle is. */
export interface Reading {
  readonly done: number;
  readonly total: number;
  /** Over the last few seconds; null while too little is known. */
  readonly perSecond: number | null;
  readonly leftMs: number | null;
}

export interface Meter {
  /** `total` may grow; it is never below `done`. */
  read(done: number, total: number, nowMs: number): Reading;
}

const windowMs = 5_000;
const shortestMs = 300;

interface Sample {
  readonly atMs: number;
  readonly done: number;
}

/** Rate and time left from what was done when; instants in milliseconds on any clock that does not jump. */
export const createMeter = (): Meter => {
  let samples: readonly Sample[] = [];
  return {
    read: (done, total, nowMs) => {
      const recent = samples.filter(({ atMs }) => nowMs - atMs <= windowMs);
      samples = [...recent, { atMs: nowMs, done }];
      const [oldest] = samples;
      const spanMs = oldest === undefined ? 0 : nowMs - oldest.atMs;
      const perSecond = oldest === undefined || spanMs < shortestMs ? null : ((done - oldest.done) * 1_000) / spanMs;
      const most = Math.max(done, total);
      const leftMs = perSecond === null || perSecond <= 0 ? null : ((most - done) * 1_000) / perSecond;
      return { done, total: most, perSecond, leftMs };
    },
  };
};
