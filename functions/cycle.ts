import { app, type InvocationContext } from '@azure/functions';
import { parseSliceMessage, readPreviewMessage, readSliceMessage } from '../lib/api/sliceMessage.js';
import { getApp } from '../lib/app.js';

/** Runs one slice of a cycle, or of a preview. */
export const cycle = async (message: unknown, context: InvocationContext): Promise<void> => {
  const running = await getApp();
  const preview = readPreviewMessage(message);
  if (preview) {
    const shown = await running.preview.runSlice(preview);
    return context.debug(`preview ${shown.kind}`);
  }
  const result = await running.runSlice(parseSliceMessage(message));
  context.debug(`slice ${result.kind}`);
};

/** A message that failed five times: logged as an error, which alerts. The next tick resumes the cycle. */
export const cyclePoison = async (message: unknown, context: InvocationContext): Promise<void> => {
  const { world, preview } = await getApp();
  const previewed = readPreviewMessage(message);
  if (previewed) await preview.giveUp(previewed);
  const given = readSliceMessage(message);
  const { jobId, slice, cycleId } = given ?? { jobId: world.jobId, slice: 0, cycleId: null };
  world.telemetry.event('error', 'PoisonMessage', { jobId, slice, ...(cycleId === null ? {} : { cycleId }) });
  context.error(
    given
      ? `Slice ${slice} of cycle ${cycleId ?? 'to start'} was given up after five attempts.`
      : 'A message that names no slice was given up after five attempts.',
  );
};

const connection = 'AzureWebJobsStorage';
app.storageQueue('cycle', { queueName: 'provisioning-cycles', connection, handler: cycle });
app.storageQueue('cyclePoison', { queueName: 'provisioning-cycles-poison', connection, handler: cyclePoison });
