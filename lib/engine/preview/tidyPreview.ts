import type { World } from '../world.js';
import type { PreviewMessage, PreviewQueue } from './preview.js';
import type { PreviewStore } from './previewStore.js';

/** After so long the rest is left to a message of its own. */
const longestTidyingMs = 60_000;

interface TidyOptions {
  readonly store: Pick<PreviewStore, 'removePage'>;
  readonly queue: PreviewQueue;
  readonly world: Pick<World, 'clock'>;
  readonly stopping?: AbortSignal;
}

/** Removes rows of a preview page by page, for as long as a slice may take. */
export const tidyPreview = async (
  { jobId, previewId }: PreviewMessage,
  which: 'workings' | 'all',
  { store, queue, world, stopping }: TidyOptions,
): Promise<{ readonly kind: 'removed' | 'continued' }> => {
  const endsAtMs = world.clock.monotonicMs() + longestTidyingMs;
  while (await store.removePage(previewId, which)) {
    if (stopping?.aborted !== true && world.clock.monotonicMs() < endsAtMs) continue;
    await queue.send({ kind: 'preview', jobId, previewId, slice: 0 }, 0);
    return { kind: 'continued' };
  }
  return { kind: 'removed' };
};
