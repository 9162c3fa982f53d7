import { z } from 'zod';
import type { PreviewMessage } from '../engine/preview/preview.js';
import type { SliceMessage } from '../engine/state.js';

const sliceMessage = z.object({
  jobId: z.string(),
  cycleId: z.string().nullable(),
  slice: z.int().min(1),
  traceparent: z.string().exactOptional(),
});

/** What can be told of a message that was given up: null where it is none of ours. */
export const readSliceMessage = (message: unknown): SliceMessage | null => {
  try {
    return parseSliceMessage(message);
  } catch {
    return null; // a message that is no slice has nothing to tell
  }
};

/** A message of the cycles queue, as the host hands it over: parsed JSON, or its text. Throws what is wrong with it. */
export const parseSliceMessage = (message: unknown): SliceMessage =>
  sliceMessage.parse(typeof message === 'string' ? JSON.parse(message) : message);

const previewMessage: z.ZodType<PreviewMessage> = z.object({
  kind: z.literal('preview'),
  jobId: z.string(),
  previewId: z.string(),
  slice: z.int().min(0),
});

/** A message of the cycles queue that is a preview's; null for every other. */
export const readPreviewMessage = (message: unknown): PreviewMessage | null => {
  try {
    return previewMessage.parse(typeof message === 'string' ? JSON.parse(message) : message);
  } catch {
    return null; // a slice of a cycle, or none of ours: its own parser says what is wrong with it
  }
};
