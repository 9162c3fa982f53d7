import type { Notifier, Telemetry } from '../engine/ports.js';

/** Whoever watches the log hears of it: an event with a stable incident, at error level unless the notice says less. */
export const createLogNotifier = (telemetry: Telemetry): Notifier => ({
  async notify(notice) {
    telemetry.event(notice.level ?? 'error', 'Notice', {
      jobId: notice.jobId,
      outcome: notice.incident,
      action: notice.subject,
      ...(notice.people === undefined ? {} : { count: notice.people }),
      ...(notice.fault ? { code: notice.fault.code } : {}),
      ...(notice.fault?.request?.requestId ? { requestId: notice.fault.request.requestId } : {}),
    });
  },
});
