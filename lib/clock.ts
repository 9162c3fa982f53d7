/** Time, passed in everywhere so that tests can hold it. */
export interface Clock {
  /** Wall clock in milliseconds since 1970, for stamps that others read. */
  nowMs(): number;
  /** Milliseconds that never jump, for deadlines inside one process. */
  monotonicMs(): number;
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (delayMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }, delayMs);
      signal.addEventListener('abort', onAbort, { once: true });
    }),
};

const timeOrderedId = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The instant that a time-ordered id (RFC 9562, version 7) carries, in milliseconds; null for any other id. */
export const instantOfId = (id: string): number | null => {
  const parts = timeOrderedId.exec(id);
  return parts ? Number.parseInt(`${parts[1]}${parts[2]}`, 16) : null;
};
