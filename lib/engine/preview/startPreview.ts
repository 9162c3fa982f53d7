import type { CycleKind } from '../control.js';
import type { World } from '../world.js';
import type { Preview, PreviewQueue, PreviewSettings } from './preview.js';
import type { BeginResult, PreviewStore } from './previewStore.js';

/** Reports go by themselves after this time; Azure's queues hide a message for seven days at most. */
const keptMs = 3 * 24 * 60 * 60_000;
/** A running preview that did not move for so long was lost. */
const lostAfterMs = 30 * 60_000;

export interface PreviewOrder {
  readonly kind: CycleKind;
  readonly settings: PreviewSettings;
  readonly schemaText: string;
  readonly isDraftSchema: boolean;
}

interface StartParts {
  readonly world: Pick<World, 'jobId' | 'clock' | 'newId'>;
  readonly store: PreviewStore;
  readonly queue: PreviewQueue;
}

/** Puts a new preview in the place of the last one and its first slice on the queue. One runs at a time. */
export const startPreview = async (
  order: PreviewOrder,
  { world, store, queue }: StartParts,
): Promise<BeginResult & { readonly previewId: string }> => {
  const { jobId } = world;
  const nowMs = world.clock.nowMs();
  const before = await store.read();
  const requestedAt = new Date(nowMs).toISOString();
  const preview: Preview = {
    previewId: world.newId(),
    state: 'running',
    kind: order.kind,
    settings: order.settings,
    isDraftSchema: order.isDraftSchema,
    requestedAt,
    movedAt: requestedAt,
    endedAt: null,
    expiresAt: new Date(nowMs + keptMs).toISOString(),
    isPrepared: false,
    report: null,
  };
  const { previewId } = preview;
  const begun = await store.begin(preview, order.schemaText, new Date(nowMs - lostAfterMs).toISOString());
  if (begun.kind === 'running') return begun;
  const send = (id: string, slice: number, delayMs: number) =>
    queue.send({ kind: 'preview', jobId, previewId: id, slice }, delayMs);
  await send(previewId, 1, 0);
  await send(previewId, 0, keptMs);
  if (before) await send(before.previewId, 0, 0);
  return { kind: 'begun', previewId };
};

/** Ends and removes the job's preview; false where there is none. */
export const removePreview = async ({ world, store, queue }: StartParts): Promise<boolean> => {
  const preview = await store.read();
  if (!preview) return false;
  const { previewId } = preview;
  await store.forget(previewId);
  await queue.send({ kind: 'preview', jobId: world.jobId, previewId, slice: 0 }, 0);
  return true;
};
