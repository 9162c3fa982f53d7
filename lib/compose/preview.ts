import { randomUUID } from 'node:crypto';
import type { Settings } from '../config/settings.js';
import { operationOf } from '../engine/preview/operationOf.js';
import type { PreviewMessage, PreviewQueue } from '../engine/preview/preview.js';
import type { PreviewStore } from '../engine/preview/previewStore.js';
import { giveUpPreview, type PreviewSliceResult, runPreviewSlice } from '../engine/preview/runPreviewSlice.js';
import type { EngineSettings } from '../engine/settings.js';
import type { World } from '../engine/world.js';
import { compileObjectMapping } from '../mapping/compileObjectMapping.js';
import { readSchemaText } from '../schema/readSchemaText.js';
import { createAzureTables } from '../state/azureTables.js';
import { createPreviewQueue } from '../state/cycleQueue.js';
import { createPreviewStore } from '../state/previewStore.js';
import { connectStorage } from './storage.js';

/** Dry runs of the next cycle. */
export interface Previews {
  readonly store: PreviewStore;
  readonly queue: PreviewQueue;
  runSlice(message: PreviewMessage): Promise<PreviewSliceResult>;
  /** For a message that failed too often. */
  giveUp(message: PreviewMessage): Promise<void>;
}

/** It was checked when the preview was asked for: what does not compile now is a defect. */
const compile = (schemaText: string) => {
  const validated = readSchemaText(schemaText);
  const mapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'user') : null;
  if (!mapping) throw new Error('The schema of the preview has no enabled mapping of users.');
  const groupMapping = validated.kind === 'valid' ? compileObjectMapping(validated.schema, 'group') : null;
  return { mapping, groupMapping };
};

/** Previews over the app's own world and storage. `stopping` ends a slice between objects. */
export const createPreviews = async (
  settings: Settings,
  world: World,
  engineSettings: EngineSettings,
  stopping: AbortSignal,
): Promise<Previews> => {
  const connection = await connectStorage(settings);
  const { jobId, clock, newId } = world;
  const tables = createAzureTables({ connection });
  const store = createPreviewStore({ tables, jobId, clock, newId, toOperation: operationOf });
  const queue = createPreviewQueue({ connection });
  const redact = new Set(settings.logRedact);
  return {
    store,
    queue,
    runSlice: (message) =>
      runPreviewSlice(
        message,
        { world, settings: engineSettings, owner: randomUUID(), stopping, store, queue, redact, compile },
        new AbortController().signal,
      ),
    giveUp: (message) => giveUpPreview(message, { world, store, queue }),
  };
};
