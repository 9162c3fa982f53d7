import { FaultError } from './model.js';
import type { World } from './world.js';

/**
 * Once a day lets go of logs older than `retentionMs`: of the provisioning log whole months, when their last day is that
 * old, and each older entry of the audit. Whoever ticks first on a day (UTC) does it; what fails is told, and tried again
 * on the next day. Never throws. True: done by this call.
 */
export const dropOldLogs = async (
  world: Pick<World, 'state' | 'clock' | 'telemetry' | 'jobId'>,
  retentionMs: number,
): Promise<boolean> => {
  const { state, clock, telemetry, jobId } = world;
  const nowMs = clock.nowMs();
  const oldestMs = nowMs - retentionMs;
  try {
    if (!(await state.daily.claim('logRetention', new Date(nowMs).toISOString().slice(0, 10)))) return false;
    const dropped = await state.records.dropBefore(oldestMs);
    await state.audit.dropBefore(oldestMs);
    if (dropped.length > 0) telemetry.event('info', 'OldLogsDropped', { jobId, count: dropped.length });
    return true;
  } catch (error) {
    const code = error instanceof FaultError ? error.fault.code : error instanceof Error ? error.name : 'unknown';
    telemetry.event('error', 'OldLogsNotDropped', { jobId, code });
    return false;
  }
};
