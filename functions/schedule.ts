import { app, type InvocationContext, type Timer } from '@azure/functions';
import { getApp } from '../lib/app.js';

/** Puts the job on the queue where a cycle is due. */
export const schedule = async (_timer: Timer, context: InvocationContext): Promise<void> => {
  const result = await (await getApp()).tick();
  context.debug(result.kind === 'queued' ? `queued slice ${result.slice}` : result.reason);
};

// The platform expands the setting; without one it would refuse the timer.
const expression = process.env['SCHEDULE'] ? '%SCHEDULE%' : '0 */5 * * * *';
app.timer('schedule', { schedule: expression, handler: schedule });
