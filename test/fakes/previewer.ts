import { operationOf } from '../../lib/engine/preview/operationOf.js';
import type { Preview, PreviewAction, PreviewMessage, PreviewOperation } from '../../lib/engine/preview/preview.js';
import type { PreviewStore } from '../../lib/engine/preview/previewStore.js';
import {
  giveUpPreview,
  type PreviewMappings,
  type PreviewOptions,
  runPreviewSlice,
} from '../../lib/engine/preview/runPreviewSlice.js';
import { type PreviewOrder, removePreview, startPreview } from '../../lib/engine/preview/startPreview.js';
import type { SliceOptions } from '../../lib/engine/runSlice.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { readSchemaText } from '../../lib/schema/readSchemaText.js';
import { createPreviewStore } from '../../lib/state/previewStore.js';
import type { Tables } from '../../lib/state/tables.js';
import type { KillSwitch } from './killSwitch.js';
import type { SettlingClock } from './settlingClock.js';

/** A process that takes messages of previews; with a switch, until it is killed. */
export interface PreviewProcess {
  readonly options: Pick<SliceOptions, 'world' | 'settings' | 'owner'>;
  readonly tables: Tables;
  readonly kill?: KillSwitch;
}

/** A preview that ended, with all that it wrote down. */
export interface Shown {
  readonly preview: Preview;
  readonly operations: readonly PreviewOperation[];
  readonly deliveries: number;
}

/** Previews of one job as the API and the queue's door run them, in this process. */
export interface Previewer {
  readonly store: PreviewStore;
  start(order?: Partial<PreviewOrder>): Promise<string>;
  /** Delivers messages until the preview has ended and what it worked with is removed. */
  finish(): Promise<Shown>;
  /** From the request to the end. */
  show(order?: Partial<PreviewOrder>): Promise<Shown>;
  list(action?: PreviewAction | 'all' | null): Promise<readonly PreviewOperation[]>;
  remove(): Promise<boolean>;
  /** Lets all the time pass that a message waits for, and delivers each. */
  outlast(): Promise<void>;
}

const builtInText = JSON.stringify(builtInZoomSchema);
const compiled = new Map<string, PreviewMappings>();
const leaseMs = 90_000;
/** The queue gives a message up after so many deliveries that failed. */
const maxThrows = 5;
/** What is delivered later belongs to the end of the report's time. */
const soonMs = 60 * 60_000;

const compile = (text: string): PreviewMappings => {
  const known = compiled.get(text);
  if (known) return known;
  const validated = readSchemaText(text);
  const mapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'user') : null;
  if (!mapping) throw new Error('The schema of the preview maps no users.');
  const groupMapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'group') : null;
  compiled.set(text, { mapping, groupMapping });
  return { mapping, groupMapping };
};

interface Waiting {
  readonly message: PreviewMessage;
  readonly dueMs: number;
  readonly throws: number;
}

/** `asker` takes the requests, and is never killed. */
export const createPreviewer = (
  clock: SettlingClock,
  asker: PreviewProcess,
  startProcess: () => PreviewProcess = () => asker,
): Previewer => {
  const waiting: Waiting[] = [];
  const queue = {
    send: async (message: PreviewMessage, delayMs: number) =>
      void waiting.push({ message, dueMs: clock.nowMs() + delayMs, throws: 0 }),
  };
  const partsOf = ({ options, tables }: PreviewProcess): PreviewOptions => {
    const { jobId, newId } = options.world;
    const store = createPreviewStore({ tables, jobId, clock, newId, toOperation: operationOf });
    return { ...options, store, queue, redact: new Set(), compile };
  };
  const parts = partsOf(asker);
  const { store } = parts;
  let process = startProcess();
  const asleep: { readonly kill: KillSwitch; readonly work: Promise<unknown> }[] = [];

  const takeEarliest = (): Waiting | null => {
    const [first] = [...waiting].sort((one, other) => one.dueMs - other.dueMs);
    if (first) waiting.splice(waiting.indexOf(first), 1);
    return first ?? null;
  };
  const deliver = async (one: Waiting): Promise<void> => {
    clock.advance(Math.max(0, one.dueMs - clock.nowMs()));
    const { kill } = process;
    try {
      const work = runPreviewSlice(one.message, partsOf(process), new AbortController().signal);
      const end = await clock.settle(Promise.race([work, kill ? kill.stopped.then(() => null) : work]));
      if (end !== null) return;
      if (kill?.isFrozen()) asleep.push({ kill, work });
      process = startProcess();
      waiting.push({ ...one, dueMs: clock.nowMs() + leaseMs });
    } catch {
      const throws = one.throws + 1;
      if (throws < maxThrows) waiting.push({ ...one, throws, dueMs: clock.nowMs() + 60_000 });
      else await giveUpPreview(one.message, parts);
    }
  };
  const wakeAll = async (): Promise<void> => {
    for (const { kill } of asleep) kill.wake();
    // What one throws that was away for so long is between it and the queue.
    await clock.settle(Promise.allSettled(asleep.splice(0).map(({ work }) => work)));
  };

  const start: Previewer['start'] = async (order = {}) => {
    const whole = { kind: 'incremental', settings: {}, schemaText: builtInText, isDraftSchema: false } as const;
    const started = await startPreview({ ...whole, ...order }, parts);
    if (started.kind === 'running') throw new Error(`Preview ${started.previewId} runs.`);
    return started.previewId;
  };
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
  const finish = async (): Promise<Shown> => {
    for (let deliveries = 0; ; deliveries += 1) {
      const preview = await store.read();
      const isLeft = waiting.some(({ dueMs }) => dueMs <= clock.nowMs() + soonMs);
      if (preview && preview.state !== 'running' && !isLeft) {
        await wakeAll();
        return { preview, operations: await list(), deliveries };
      }
      const next = takeEarliest();
      if (!next) throw new Error('The preview did not end, and no message of it waits.');
      await deliver(next);
    }
  };
  return {
    store,
    start,
    finish,
    list,
    remove: () => removePreview(parts),
    async show(order) {
      await start(order);
      return finish();
    },
    async outlast() {
      for (let next = takeEarliest(); next; next = takeEarliest()) await deliver(next);
    },
  };
};
