/** How long a poller waits before it looks again. */
export interface PollBackoff {
  /** The next wait after a look that found messages, or found none. */
  nextDelayMs(foundMessages: boolean): number;
}

/** The queue trigger's shortest wait, and the unit of its back-off. */
const minDelayMs = 100;

/**
 * The queue trigger's back-off (Azure WebJobs SDK): 100 ms after messages; else it grows by 100 ms doubled each time,
 * give or take a fifth, up to `maxDelayMs`. `random` answers from 0 up to 1.
 */
export function createPollBackoff(maxDelayMs: number, random: () => number): PollBackoff {
  let emptyLooks = 0;
  return {
    nextDelayMs(foundMessages) {
      if (foundMessages) {
        emptyLooks = 0;
        return Math.min(minDelayMs, maxDelayMs);
      }
      const spread = 0.8 + 0.4 * random();
      const delayMs = minDelayMs + spread * 2 ** emptyLooks * minDelayMs;
      if (delayMs >= maxDelayMs) return maxDelayMs;
      emptyLooks += 1;
      return delayMs;
    },
  };
}
