/** Lets calls for one object take turns within this process; other processes are kept apart by the object's intent. */
export type TakeTurn<Result> = (key: string, run: Run<Result>) => Promise<Result>;

/** `hasWaited`: another run came before, so that what was read until now may be out of date. */
export type Run<Result> = (hasWaited: boolean) => Promise<Result>;

interface Line<Result> {
  readonly running: Promise<unknown>;
  next: Promise<Result> | null;
}

/**
 * Calls that come while one runs share the next run, which begins after all of them came: a hundred at once are two
 * runs. `wait` bounds the waiting: what it answers is then the answer of the call that waited.
 */
export const createTurns = <Result>(wait: (signal: AbortSignal) => Promise<Result>): TakeTurn<Result> => {
  const lines = new Map<string, Line<Result>>();

  const start = (key: string, run: Run<Result>, hasWaited: boolean): Promise<Result> => {
    const running = run(hasWaited);
    const line: Line<Result> = { running, next: null };
    lines.set(key, line);
    const leave = (): void => {
      if (lines.get(key) === line && line.next === null) lines.delete(key);
    };
    running.then(leave, leave);
    return running;
  };

  return async (key, run) => {
    const line = lines.get(key);
    if (!line) return start(key, run, false);
    const startNext = (): Promise<Result> => start(key, run, true);
    line.next ??= line.running.then(startNext, startNext);
    const answered = new AbortController();
    try {
      return await Promise.race([line.next, wait(answered.signal)]);
    } finally {
      answered.abort();
    }
  };
};
