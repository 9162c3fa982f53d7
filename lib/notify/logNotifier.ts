import type { Notifier, Telemetry } from '../engine/ports.js';

/** Whoever watches the log hears of it: an error-level event with a stable incident. */
export const createLogNotifier = (telemetry: Telemetry): Notifier => ({
  async notify(notice) {
    telemetry.event('error', 'Notice', {
      jobId: notice.jobId,
      outcome: notice.incident,
      action: notice.subject,
      ...(notice.fault ? { code: notice.fault.code } : {}),
    });
  },
});
