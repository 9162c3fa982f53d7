import type { Clock } from '../clock.js';

export interface PauseWatch {
  /** Ends the asking; resolves when no question is under way. */
  stop(): Promise<void>;
}

/**
 * Asks now and then whether the job was paused, so that a pause takes effect at the next object and not at the next
 * page. `isPaused` stops what is to be stopped. A question that fails is asked again.
 */
export const watchPause = (isPaused: () => Promise<boolean>, everyMs: number, clock: Clock): PauseWatch => {
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      try {
        await clock.sleep(everyMs, stopping.signal);
      } catch {
        return; // stopped while waiting
      }
      if (stopping.signal.aborted || (await isPaused().catch(() => false))) return;
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
    },
  };
};
