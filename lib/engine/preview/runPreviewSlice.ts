import type { CompiledMapping } from '../../mapping/compiled.js';
import type { CycleSummary } from '../control.js';
import { createEngineMemory } from '../memory.js';
import { runSlice, type SliceOptions, type SliceResult } from '../runSlice.js';
import { previewGivenUp } from './pretendFaults.js';
import type { Preview, PreviewMessage, PreviewQueue } from './preview.js';
import type { PreviewDesk, PreviewStore } from './previewStore.js';
import { createPreviewWorld } from './previewWorld.js';
import { tallyOperations } from './tallyOperations.js';
import { tidyPreview } from './tidyPreview.js';

/** Short, so that a cycle's slices do not wait long behind it on the queue. */
const longestSliceMs = 60_000;
/** Between two looks at a preview that another worker seems to be at. */
const shortestWaitMs = 1_000;

export interface PreviewOptions extends Pick<SliceOptions, 'world' | 'settings' | 'owner' | 'stopping'> {
  readonly store: PreviewStore;
  readonly queue: PreviewQueue;
  /** Source attributes and target paths whose values the report replaces. */
  readonly redact: ReadonlySet<string>;
  /** The mappings that a schema's text gives; throws where it gives none of users. */
  readonly compile: (schemaText: string) => PreviewMappings;
}

export interface PreviewMappings {
  readonly mapping: CompiledMapping;
  /** Null: groups are not provisioned. */
  readonly groupMapping: CompiledMapping | null;
}

/** What a slice of a preview came to. */
export type PreviewSliceResult =
  | { readonly kind: 'dropped' | 'continued' | 'removed' }
  | { readonly kind: 'ended'; readonly state: Preview['state'] };

/**
 * Runs one slice of the job's preview: the very code of a cycle, in a world where nothing is written. Also removes what
 * is left of previews that ended, were replaced or have expired.
 */
export const runPreviewSlice = async (
  message: PreviewMessage,
  options: PreviewOptions,
  signal: AbortSignal,
): Promise<PreviewSliceResult> => {
  const { store, world } = options;
  const { previewId } = message;
  const kept = await store.read();
  const nowMs = world.clock.nowMs();
  if (kept?.previewId !== previewId) return tidyPreview(message, 'all', options);
  if (Date.parse(kept.expiresAt) <= nowMs) {
    await store.forget(previewId);
    return tidyPreview(message, 'all', options);
  }
  if (kept.state !== 'running') return tidyPreview(message, 'workings', options);
  if (message.slice === 0) return { kind: 'dropped' };
  const schemaText = await store.readSchema(previewId);
  const preview = await store.update(previewId, (row) => ({ ...row, movedAt: new Date(nowMs).toISOString() }));
  if (schemaText === null || preview === null) return { kind: 'dropped' };
  const desk = store.open(previewId);
  if (!preview.isPrepared) {
    await desk.prepare(preview);
    await store.update(previewId, (row) => ({ ...row, isPrepared: true }));
  }
  const result = await runPretended(message, preview, { desk, ...options.compile(schemaText) }, options, signal);
  return result.kind === 'finished'
    ? endPreview(message, result.summary, options)
    : afterSlice(message, result, desk, options);
};

const runPretended = (
  { jobId, previewId, slice }: PreviewMessage,
  preview: Preview,
  { desk, mapping, groupMapping }: PreviewMappings & { readonly desk: PreviewDesk },
  { world, settings, owner, stopping, redact, queue }: PreviewOptions,
  signal: AbortSignal,
): Promise<SliceResult> => {
  const { scopeMode } = preview.settings;
  return runSlice(
    { jobId, cycleId: previewId, slice },
    {
      world: createPreviewWorld(world, desk, { previewId, mapping, queue }),
      settings: {
        ...settings,
        ...(scopeMode ? { scopeMode } : {}),
        sliceBudgetMs: Math.min(settings.sliceBudgetMs, longestSliceMs),
      },
      mapping,
      groupMapping,
      redact: new Set([...redact, ...mapping.redacted, ...(groupMapping?.redacted ?? [])]),
      // Nothing that is only pretended may be remembered as seen.
      memory: createEngineMemory(),
      owner,
      ...(stopping ? { stopping } : {}),
    },
    signal,
  );
};

/**
 * No timer resumes a preview. Where another worker seems to be at it, the message comes back when that one's lease is
 * over; where one died after its last checkpoint, what it would have done next is done here.
 */
const afterSlice = async (
  message: PreviewMessage,
  result: Exclude<SliceResult, { kind: 'finished' }>,
  desk: PreviewDesk,
  options: PreviewOptions,
): Promise<PreviewSliceResult> => {
  if (result.kind !== 'dropped') return { kind: 'continued' };
  const { queue, world } = options;
  const { job, lease, cycle, request } = await desk.state.jobs.read();
  const last = job?.lastExecution;
  if (cycle === null && last?.cycleId === message.previewId) return endPreview(message, last, options);
  if (cycle === null && request === null) throw new Error(`Preview ${message.previewId} has nothing to go on with.`);
  const nowMs = world.clock.nowMs();
  const waitsMs = [lease?.expiresAt, cycle?.notBefore].map((until) => (until ? Date.parse(until) - nowMs : 0));
  await queue.send({ ...message, slice: cycle?.slice ?? message.slice }, Math.max(shortestWaitMs, ...waitsMs));
  return { kind: 'dropped' };
};

const endPreview = async (
  message: PreviewMessage,
  summary: CycleSummary,
  options: PreviewOptions,
): Promise<PreviewSliceResult> => {
  const { store, world } = options;
  const report = await tallyOperations(store, message.previewId, summary);
  const state = summary.state === 'Failed' ? 'failed' : 'completed';
  const endedAt = new Date(world.clock.nowMs()).toISOString();
  const ended = await store.update(message.previewId, (row) => ({ ...row, state, endedAt, report }));
  await tidyPreview(message, ended ? 'workings' : 'all', options);
  return { kind: 'ended', state };
};

/** After five failures of one message: the preview ends as failed, and what it wrote goes. */
export const giveUpPreview = async (
  { previewId, jobId }: PreviewMessage,
  { store, queue, world }: Pick<PreviewOptions, 'store' | 'queue' | 'world'>,
): Promise<void> => {
  const endedAt = new Date(world.clock.nowMs()).toISOString();
  const summary: CycleSummary = {
    cycleId: previewId,
    kind: 'incremental',
    startedAt: endedAt,
    endedAt,
    counts: {},
    state: 'Failed',
    fault: previewGivenUp,
  };
  const report = await tallyOperations(store, previewId, summary);
  await store.update(previewId, (row) =>
    row.state === 'running' ? { ...row, state: 'failed', endedAt, report: { ...report, kind: row.kind } } : row,
  );
  await queue.send({ kind: 'preview', jobId, previewId, slice: 0 }, 0);
};
