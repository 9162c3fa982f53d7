import type { Clock } from '../clock.js';
import type { Lease } from './state.js';

export interface LeaseKeeper {
  /** Ends the renewals; resolves when none is under way. */
  stop(): Promise<void>;
}

/**
 * Renews a lease at a third of its duration. When it is lost, `onLost` is called once: from then on this worker must
 * not send anything.
 */
export const keepLease = (lease: Lease, durationMs: number, clock: Clock, onLost: () => void): LeaseKeeper => {
  const stopping = new AbortController();
  const renewals = async (): Promise<void> => {
    for (;;) {
      try {
        await clock.sleep(durationMs / 3, stopping.signal);
      } catch {
        return; // stopped while waiting
      }
      if (stopping.signal.aborted) return;
      if (await isRenewed(lease)) continue;
      onLost();
      return;
    }
  };
  const running = renewals();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
};

/** A renewal that fails for another reason than loss is tried again while the lease still lasts. */
const isRenewed = async (lease: Lease): Promise<boolean> => {
  try {
    return await lease.renew();
  } catch {
    return !lease.isLost();
  }
};
