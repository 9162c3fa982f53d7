import { isDue } from './schedule.js';
import type { World } from './world.js';

/** What a tick of the timer found. */
export type TickResult =
  | { readonly kind: 'queued'; readonly cycleId: string | null; readonly slice: number }
  | { readonly kind: 'idle'; readonly reason: string };

/**
 * Puts the job on the queue where a cycle is due or requested, or where one is unfinished and nobody holds its lease
 * (its worker died). The tick itself does no work.
 */
export const tick = async (world: World): Promise<TickResult> => {
  const { job, cycle, request, lease } = await world.state.jobs.read();
  const nowMs = world.clock.nowMs();
  if (!job) return { kind: 'idle', reason: 'the job does not exist yet' };
  const isClearing = job.reset !== null && !job.reset.isCleared;
  if (job.status !== 'on' && !isClearing) return { kind: 'idle', reason: `the job is ${job.status}` };
  const isHeld = lease !== null && Date.parse(lease.expiresAt) > nowMs;
  if (isHeld) return { kind: 'idle', reason: 'a slice runs' };
  if (!isClearing && cycle?.notBefore && Date.parse(cycle.notBefore) > nowMs) {
    return { kind: 'idle', reason: `not before ${cycle.notBefore}` };
  }
  if (!cycle && !request && !job.reset && !isDue(job.nextRunAt, nowMs))
    return { kind: 'idle', reason: 'no cycle is due' };
  const message = { jobId: world.jobId, cycleId: cycle?.cycleId ?? null, slice: cycle?.slice ?? 1 };
  await world.queue.send(message, 0);
  return { kind: 'queued', cycleId: message.cycleId, slice: message.slice };
};
