import type { Notifier, Telemetry } from '../engine/ports.js';

/** Whoever watches the log hears of it: an event with a stable incident, at error level unless the notice says less. */
export const createLogNotifier = (telemetry: Telemetry): Notifier => ({
  async notify(notice) {
    telemetry.event(notice.level ?? 'error', 'Notice', {
      jobId: notice.jobId,
      family: familyOf(notice.incident),
      outcome: notice.incident,
      action: notice.subject,
      ...(notice.people === undefined ? {} : { count: notice.people }),
      ...(notice.fault ? { code: notice.fault.code } : {}),
      ...(notice.fault?.request?.requestId ? { requestId: notice.fault.request.requestId } : {}),
    });
  },
});

/** The kind of an incident: its id up to the first mark. */
const familyOf = (incident: string): string => /^\w+/.exec(incident)?.[0] ?? 'other';
