import type { Clock } from '../clock.js';
import type { Delivery, Incident, IncidentStore, StoredIncident } from '../engine/incidents.js';
import type { Notice, Notifier, Telemetry } from '../engine/ports.js';
import { type Channel, codeOfDelivery } from './channel.js';
import { createLogNotifier } from './logNotifier.js';
import { composeMessage } from './message.js';

export interface NotificationOptions {
  readonly jobId: string;
  readonly channels: readonly Channel[];
  readonly incidents: IncidentStore;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** The job's address in this app's API. */
  readonly jobUrl: string;
}

/** The notifier, and what is done about incidents between cycles. Only `notify` swallows what goes wrong. */
export interface Notifications extends Notifier {
  /** Tells of what stands until `end`; one that ended less than a week ago and stands again is not told again. */
  stand(notice: Notice, signal: AbortSignal): Promise<void>;
  /** Notes what stands without telling anybody: somebody was told already, or it is only a mark in time. */
  noteQuietly(notice: Notice): Promise<void>;
  end(stored: StoredIncident): Promise<void>;
  /** Sends what is due: a failed sending is tried again, later each time, for about a day. */
  deliverDue(signal: AbortSignal): Promise<void>;
}

/** Whoever claims an incident sends within this time; then another may. */
const claimMs = 2 * 60_000;
const firstDelayMs = 5 * 60_000;
const longestDelayMs = 6 * 60 * 60_000;
const mostAttempts = 10;
const quietMs = 7 * 24 * 60 * 60_000;

/** One message an incident, over restarts and workers: its row is claimed before anything is sent. */
export const createNotifications = (options: NotificationOptions): Notifications => {
  const { channels, incidents, telemetry, clock, jobId, jobUrl } = options;
  const log = createLogNotifier(telemetry);
  const instant = (afterMs = 0): string => new Date(clock.nowMs() + afterMs).toISOString();

  const attempt = async (channel: Channel, incident: Incident, signal: AbortSignal): Promise<Delivery> => {
    const attempts = (incident.deliveries[channel.name]?.attempts ?? 0) + 1;
    try {
      await channel.send(composeMessage(incident, jobUrl), signal);
      return { state: 'sent', attempts, nextAttemptAt: instant(), failure: null };
    } catch (error) {
      const failure = codeOfDelivery(error);
      const state = attempts >= mostAttempts ? 'givenUp' : 'due';
      const keys = { jobId, action: channel.name, outcome: incident.notice.incident, code: failure, count: attempts };
      telemetry.event(state === 'due' ? 'warning' : 'error', state === 'due' ? 'NoticeNotSent' : 'NoticeGivenUp', keys);
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1));
      return { state, attempts, nextAttemptAt: instant(delayMs), failure };
    }
  };

  /** Sends over every channel that is due, and notes how it went. The caller holds the claim. */
  const deliver = async (claimed: StoredIncident, signal: AbortSignal): Promise<void> => {
    const { incident } = claimed;
    const now = instant();
    const entries = await Promise.all(
      Object.entries(incident.deliveries).map(async ([name, delivery]) => {
        if (delivery.state !== 'due' || delivery.nextAttemptAt > now) return [name, delivery] as const;
        const channel = channels.find((one) => one.name === name);
        const left: Delivery = { ...delivery, state: 'givenUp', failure: 'NotConfigured' };
        return [name, channel ? await attempt(channel, incident, signal) : left] as const;
      }),
    );
    const deliveries = Object.fromEntries(entries);
    // The row may meanwhile say that the incident is over, which stays.
    for (let stored: StoredIncident | null = claimed; stored !== null; ) {
      const isWritten = await incidents.replace(stored, { ...stored.incident, claimedUntil: null, deliveries });
      if (isWritten) return;
      const fresh: StoredIncident | null = await incidents.read(incident.notice.incident);
      stored = fresh?.incident.claimedUntil === incident.claimedUntil ? fresh : null;
    }
  };

  const newIncident = (notice: Notice, isStanding: boolean, isTold: boolean): Incident => ({
    notice,
    toldAt: instant(),
    isStanding,
    endedAt: null,
    claimedUntil: isTold ? instant(claimMs) : null,
    deliveries: Object.fromEntries(
      (isTold ? channels : []).map(({ name }) => [
        name,
        { state: 'due', attempts: 0, nextAttemptAt: instant(), failure: null },
      ]),
    ),
  });

  const tell = async (notice: Notice, isStanding: boolean, signal: AbortSignal): Promise<void> => {
    const claimed = await incidents.create(newIncident(notice, isStanding, true));
    if (claimed) {
      await log.notify(notice, signal);
      return deliver(claimed, signal);
    }
    const known = isStanding ? await incidents.read(notice.incident) : null;
    if (!known || known.incident.endedAt === null) return;
    const isRecent = Date.parse(known.incident.endedAt) + quietMs > clock.nowMs();
    const renewed = await incidents.replace(
      known,
      isRecent ? { ...known.incident, endedAt: null } : newIncident(notice, true, true),
    );
    if (!renewed || isRecent) return;
    await log.notify(notice, signal);
    return deliver(renewed, signal);
  };

  return {
    notify: async (notice, signal) => {
      try {
        await tell(notice, false, signal);
      } catch (error) {
        // Whoever cannot note it still says it: telling twice is better than not at all.
        await log.notify(notice, signal);
        const keys = { jobId, outcome: notice.incident, code: codeOfDelivery(error) };
        telemetry.event('error', 'NotifierFailed', keys);
      }
    },
    stand: (notice, signal) => tell(notice, true, signal),
    noteQuietly: async (notice) => {
      await incidents.create(newIncident(notice, true, false));
    },
    end: async (stored) => {
      await incidents.replace(stored, { ...stored.incident, endedAt: instant() });
    },
    deliverDue: async (signal) => {
      const now = instant();
      for (const stored of await incidents.list()) {
        const { claimedUntil, deliveries } = stored.incident;
        const isDue = Object.values(deliveries).some(
          ({ state, nextAttemptAt }) => state === 'due' && nextAttemptAt <= now,
        );
        if (!isDue || (claimedUntil !== null && claimedUntil > now)) continue;
        const claimed = await incidents.replace(stored, { ...stored.incident, claimedUntil: instant(claimMs) });
        if (claimed) await deliver(claimed, signal);
      }
    },
  };
};
