/** Where the simulator gets its time from: its own virtual clock, the machine's, or anybody's. */
export type TimeSource = 'virtual' | 'real' | { nowMs(): number };

/** The simulator's time. It can be moved forward, never back: the change log is ordered by it. */
export interface SimulatorClock {
  nowMs(): number;
  /** Moves the clock forward by `byMs`; over a real clock this is a lasting offset. */
  advance(byMs: number): void;
  /** Moves the clock forward to `toMs`, milliseconds since 1970. */
  moveTo(toMs: number): void;
}

/** A virtual clock stands still between calls of `advance`; `startMs` counts for it alone. */
export const createSimulatorClock = (source: TimeSource, startMs: number): SimulatorClock => {
  const readBaseMs = typeof source === 'object' ? () => source.nowMs() : source === 'real' ? Date.now : () => startMs;
  let offsetMs = 0;
  const nowMs = () => readBaseMs() + offsetMs;
  const advance = (byMs: number) => {
    if (!(Number.isFinite(byMs) && byMs >= 0)) {
      throw new RangeError(`The clock moves forward only: ${byMs} ms is no step forward.`);
    }
    offsetMs += byMs;
  };
  return { nowMs, advance, moveTo: (toMs) => advance(toMs - nowMs()) };
};
