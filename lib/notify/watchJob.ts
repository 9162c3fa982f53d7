import type { Clock } from '../clock.js';
import type { IncidentStore, LicenceCounts, LicenceStore, StoredIncident } from '../engine/incidents.js';
import type { Notice, Telemetry } from '../engine/ports.js';
import type { ControlRows, State } from '../engine/state.js';
import { codeOfDelivery } from './channel.js';
import { countLicences } from './countLicences.js';
import type { Notifications } from './notifications.js';
import { familyOf, findStanding } from './standing.js';

export interface WatchOptions {
  readonly jobId: string;
  readonly state: Pick<State, 'jobs' | 'objects'>;
  readonly incidents: IncidentStore;
  readonly licences: LicenceStore;
  readonly notifications: Notifications;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly licensedSeats: number | null;
}

/** Links are counted by licence once a day, and after a cycle that found no licence for somebody. */
const countEveryMs = 24 * 60 * 60_000;
/** Settled rows are kept so long, so that the same incident is not told again. */
const keptMs = 60 * 24 * 60 * 60_000;

/**
 * Compares what stands with what was told: tells what is new, says of quarantine when it is over, and sends what could
 * not be sent before. It reads the job's rows only, so that whatever died in between is told by the next look. Never
 * throws.
 */
export const watchJob = async (options: WatchOptions, signal: AbortSignal): Promise<void> => {
  try {
    await look(options, signal);
    await options.notifications.deliverDue(signal);
    await forgetOld(options);
  } catch (error) {
    options.telemetry.event('error', 'NotifierFailed', { jobId: options.jobId, code: codeOfDelivery(error) });
  }
};

const look = async (options: WatchOptions, signal: AbortSignal): Promise<void> => {
  const { state, incidents, notifications, licensedSeats, clock } = options;
  const control = await state.jobs.read();
  const known = await incidents.list();
  const licences = await currentLicences(options, control, signal);
  const standing = findStanding({ control, incidents: known, licences, licensedSeats, nowMs: clock.nowMs() });
  for (const { notice, isQuiet } of standing) {
    if (isQuiet) await notifications.noteQuietly(notice);
    else await notifications.stand(notice, signal);
  }
  const ids = new Set(standing.map(({ notice }) => notice.incident));
  const families = new Set([...ids].map(familyOf));
  for (const stored of known) {
    const { notice, isStanding, endedAt } = stored.incident;
    if (!isStanding || endedAt !== null || ids.has(notice.incident)) continue;
    const over = families.has(familyOf(notice.incident)) ? null : overOf(stored, control);
    if (over) await notifications.notify(over, signal);
    await notifications.end(stored);
  }
};

/** The message that something is over; of seats nobody needs to hear it. */
const overOf = ({ incident }: StoredIncident, control: ControlRows): Notice | null => {
  const { notice, toldAt } = incident;
  const text = overTexts[familyOf(notice.incident)];
  if (text === undefined) return null;
  return {
    incident: `over:${notice.incident}:${toldAt}`,
    jobId: notice.jobId,
    subject: text.subject,
    text: `${text.what} It had begun with: ${notice.subject}.`,
    fault: null,
    since: notice.since ?? toldAt,
    people: control.counters.linkedActive,
    action: 'Nothing. What waited is made good by this and the next cycles.',
    level: 'info',
  };
};

const overTexts: Readonly<Record<string, { readonly subject: string; readonly what: string }>> = {
  quarantine: { subject: 'Quarantine is over', what: 'The job has left quarantine.' },
  idle: { subject: 'Cycles run again', what: 'Cycles run and end well again.' },
};

const currentLicences = async (
  { state, licences, clock }: WatchOptions,
  { job }: ControlRows,
  signal: AbortSignal,
): Promise<LicenceCounts | null> => {
  const last = job?.lastExecution ?? null;
  if (last === null) return null;
  const before = await licences.read();
  const nowMs = clock.nowMs();
  const ageMs = before === null ? Number.POSITIVE_INFINITY : nowMs - Date.parse(before.countedAt);
  const isShort = (last.counts['licencesShort'] ?? 0) > 0 && before !== null && last.endedAt > before.countedAt;
  if (ageMs < countEveryMs && !isShort) return before;
  const counts = await countLicences(state.objects, new Date(nowMs).toISOString(), signal);
  await licences.write(counts);
  return counts;
};

const forgetOld = async ({ incidents, clock }: WatchOptions): Promise<void> => {
  const oldest = new Date(clock.nowMs() - keptMs).toISOString();
  for (const stored of await incidents.list()) {
    const { isStanding, endedAt, toldAt, deliveries } = stored.incident;
    const isOver = !isStanding || endedAt !== null;
    const isSettled = Object.values(deliveries).every(({ state }) => state !== 'due');
    if (isOver && isSettled && (endedAt ?? toldAt) < oldest) await incidents.remove(stored);
  }
};
