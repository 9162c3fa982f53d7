import type { Phase } from '../slice.js';

/** Tidies up after an initial listing: the user names that it wrote down go, page by page. */
export const finishPhase: Phase = async (slice) => {
  if (!slice.cycle.counts['namesListed']) return { next: null };
  return { next: (await slice.world.state.targets.dropNames()) ? 'names' : null };
};
