import type { Randomness } from '../../lib/sandbox/graph/random.js';

/**
 * When the host dies. `writes`: once Zoom has stored so many writes of this cycle. `lease`: once this host holds the
 * lease. `start`: while it starts. `freeze`: once it holds the lease it stands still, wakes up when another host has
 * taken the lease, and dies a moment later. Each plus a delay.
 */
export type KillPoint =
  | { readonly kind: 'writes'; readonly writes: number; readonly delayMs: number }
  | { readonly kind: 'lease'; readonly delayMs: number }
  | { readonly kind: 'start'; readonly delayMs: number }
  | { readonly kind: 'freeze'; readonly delayMs: number };

/** Shares of the kills in the initial cycle, the incremental one and the one after it, which takes what is missing twice. */
const shares = [0.5, 0.35] as const;

export interface KillPlan {
  readonly initial: readonly KillPoint[];
  readonly incremental: readonly KillPoint[];
  readonly second: readonly KillPoint[];
}

/** Writes that an uninterrupted run needs in each cycle. */
export interface CycleWrites {
  readonly initial: number;
  readonly incremental: number;
  readonly second: number;
}

/** Seeded points: most spread over a cycle's writes, some while it reads or resumes, a few freezes and starts. */
export const planKills = (kills: number, writes: CycleWrites, random: Randomness): KillPlan => {
  const initial = Math.ceil(kills * shares[0]);
  const incremental = Math.min(kills - initial, Math.ceil(kills * shares[1]));
  return {
    initial: drawPoints(initial, writes.initial, random),
    incremental: drawPoints(incremental, writes.incremental, random),
    second: drawPoints(kills - initial - incremental, writes.second, random),
  };
};

const maxDelayMs = { writes: 500, lease: 1_500, start: 900, freeze: 2_500 } as const;

const drawPoints = (count: number, writes: number, random: Randomness): readonly KillPoint[] => {
  const kinds = Array.from({ length: count }, () => drawKind(random));
  const thresholds = kinds
    .filter((kind) => kind === 'writes')
    .map(() => random.below(Math.max(1, writes)))
    .sort((one, other) => one - other);
  return kinds.map((kind): KillPoint => {
    const delayMs = random.below(maxDelayMs[kind]);
    return kind === 'writes' ? { kind, writes: thresholds.shift() ?? 0, delayMs } : { kind, delayMs };
  });
};

const drawKind = (random: Randomness): KillPoint['kind'] => {
  const draw = random.next();
  if (draw < 0.6) return 'writes';
  if (draw < 0.8) return 'lease';
  return draw < 0.92 ? 'freeze' : 'start';
};

/** A cycle that ended early leaves its points to the next, each time sooner after the lease is taken, until it is fast enough. */
export const hasten = (point: KillPoint): KillPoint => ({
  kind: 'lease',
  delayMs: Math.floor(Math.min(point.delayMs, maxDelayMs.writes) / 2),
});
