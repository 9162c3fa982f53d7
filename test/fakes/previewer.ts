import { operationOf } from '../../lib/engine/preview/operationOf.js';
import type { Preview, PreviewAction, PreviewMessage, PreviewOperation } from '../../lib/engine/preview/preview.js';
import type { PreviewStore } from '../../lib/engine/preview/previewStore.js';
import { type PreviewSliceResult, runPreviewSlice } from '../../lib/engine/preview/runPreviewSlice.js';
import { type PreviewOrder, removePreview, startPreview } from '../../lib/engine/preview/startPreview.js';
import type { SliceOptions } from '../../lib/engine/runSlice.js';
import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { readSchemaText } from '../../lib/schema/readSchemaText.js';
import { createPreviewStore } from '../../lib/state/previewStore.js';
import type { Tables } from '../../lib/state/tables.js';
import type { SettlingClock } from './settlingClock.js';

/** A preview that ended, with all that it wrote down. */
export interface Shown {
  readonly preview: Preview;
  readonly operations: readonly PreviewOperation[];
  readonly slices: number;
}

/** Previews of one job as the API and the queue's door run them, in this process. */
export interface Previewer {
  readonly store: PreviewStore;
  /** Messages that wait, the first to be delivered first; delays are not kept. */
  readonly queue: PreviewMessage[];
  start(order?: Partial<PreviewOrder>): Promise<string>;
  deliver(message: PreviewMessage, signal?: AbortSignal): Promise<PreviewSliceResult>;
  /** From the request to the end. */
  show(order?: Partial<PreviewOrder>): Promise<Shown>;
  list(action?: PreviewAction | 'all' | null): Promise<readonly PreviewOperation[]>;
  remove(): Promise<boolean>;
}

const builtInText = JSON.stringify(builtInZoomSchema);
const compiled = new Map<string, CompiledMapping>();

const compile = (text: string): CompiledMapping => {
  const known = compiled.get(text);
  if (known) return known;
  const validated = readSchemaText(text);
  const mapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'user') : null;
  if (!mapping) throw new Error('The schema of the preview maps no users.');
  compiled.set(text, mapping);
  return mapping;
};

export const createPreviewer = (
  options: Pick<SliceOptions, 'world' | 'settings' | 'owner'>,
  tables: Tables,
  clock: SettlingClock,
): Previewer => {
  const { world } = options;
  const { jobId, newId } = world;
  const queue: PreviewMessage[] = [];
  const store = createPreviewStore({ tables, jobId, clock, newId, toOperation: operationOf });
  const parts = { ...options, store, queue: { send: async (message: PreviewMessage) => void queue.push(message) } };

  const start: Previewer['start'] = async (order = {}) => {
    const whole = {
      kind: 'incremental',
      settings: {},
      schemaText: builtInText,
      isDraftSchema: false,
      ...order,
    } as const;
    const started = await startPreview(whole, parts);
    if (started.kind === 'running') throw new Error(`Preview ${started.previewId} runs.`);
    return started.previewId;
  };
  const deliver: Previewer['deliver'] = (message, signal = new AbortController().signal) =>
    clock.settle(runPreviewSlice(message, { ...parts, redact: new Set(), compile }, signal));
  const list: Previewer['list'] = async (action = 'all') => {
    const preview = await store.read();
    if (!preview) return [];
    const found: PreviewOperation[] = [];
    let cursor: string | null = null;
    do {
      const page = await store.listOperations(preview.previewId, action, cursor, 7);
      found.push(...page.rows);
      cursor = page.cursor;
    } while (cursor !== null);
    return found;
  };
  return {
    store,
    queue,
    start,
    deliver,
    list,
    remove: () => removePreview(parts),
    async show(order) {
      const previewId = await start(order);
      for (let slices = 1; ; ) {
        const message = queue.shift();
        if (!message) throw new Error('The preview did not end, and no message of it waits.');
        const result = await deliver(message);
        if (message.previewId !== previewId || message.slice === 0) continue;
        if (result.kind === 'continued') slices += 1;
        const preview = await store.read();
        if (preview && preview.state !== 'running') return { preview, operations: await list(), slices };
      }
    },
  };
};
