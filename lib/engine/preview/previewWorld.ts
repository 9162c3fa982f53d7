import type { CompiledMapping } from '../../mapping/compiled.js';
import type { Notifier, Telemetry } from '../ports.js';
import type { World } from '../world.js';
import { createPretendTarget } from './pretendTarget.js';
import type { PreviewQueue } from './preview.js';
import type { PreviewDesk } from './previewStore.js';

/** Nobody is told of what only would happen. */
const silentNotifier: Notifier = { notify: async () => undefined };

/** Warnings and errors say that they come from a preview; its counts are no cycle's. */
const muffle = (telemetry: Telemetry): Telemetry => ({
  event: (level, name, keys) => {
    if (level !== 'info') telemetry.event(level, name, { ...keys, action: 'preview' });
  },
  count: () => undefined,
});

/**
 * The world in which the next cycle runs for show: the source is read as it is, whatever is written goes to the
 * preview's desk, and the next slice is a message of the preview's own.
 */
export const createPreviewWorld = (
  world: World,
  desk: PreviewDesk,
  preview: { readonly previewId: string; readonly mapping: CompiledMapping; readonly queue: PreviewQueue },
): World => {
  const { previewId, mapping, queue } = preview;
  return {
    ...world,
    state: desk.state,
    target: createPretendTarget({ target: world.target, accounts: desk.accounts, mapping, newId: world.newId }),
    queue: {
      send: ({ jobId, slice }, delayMs) => queue.send({ kind: 'preview', jobId, previewId, slice }, delayMs),
    },
    notifier: silentNotifier,
    telemetry: muffle(world.telemetry),
  };
};
