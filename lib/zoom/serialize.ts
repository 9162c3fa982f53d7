/** Runs one task at a time for each key, in the order they came. A task whose signal aborts while it waits never starts. */
export type Serialize = <Result>(key: string, signal: AbortSignal, task: () => Promise<Result>) => Promise<Result>;

/** The map holds a key only while somebody works or waits under it. */
export const createSerializer = (): Serialize & { size(): number } => {
  const tails = new Map<string, Promise<void>>();
  const serialize: Serialize = async (key, signal, task) => {
    signal.throwIfAborted();
    const before = tails.get(key) ?? Promise.resolve();
    let finish: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const tail = before.then(() => own);
    tails.set(key, tail);
    try {
      await waitFor(before, signal);
      return await task();
    } finally {
      finish();
      if (tails.get(key) === tail) {
        // Nobody came after; whoever comes next still waits for those before, who may be at work.
        void before.then(() => {
          if (tails.get(key) === tail) {
            tails.delete(key);
          }
        });
      }
    }
  };
  return Object.assign(serialize, { size: () => tails.size });
};

const waitFor = (turn: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    turn.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
