import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { IncidentStore } from '../engine/incidents.js';
import type { Telemetry } from '../engine/ports.js';
import type { World } from '../engine/world.js';
import { bearerLayer, type GetToken } from '../entra/bearer.js';
import { fetchWith } from '../http/fetchWith.js';
import { originCheckLayer } from '../http/originCheck.js';
import { retryLayer } from '../http/retry.js';
import { composeLayers, type Layer, type Send } from '../http/send.js';
import { timeoutLayer } from '../http/timeout.js';
import type { Channel } from '../notify/channel.js';
import { createMailChannel } from '../notify/mailChannel.js';
import { createNotifications, type Notifications } from '../notify/notifications.js';
import { createDeliveryRetry } from '../notify/retryDelivery.js';
import { watchJob } from '../notify/watchJob.js';
import { createWebhookChannel } from '../notify/webhookChannel.js';
import { createIncidentStore, createLicenceStore } from '../state/incidentStore.js';
import { partitionsOf } from '../state/names.js';
import type { Tables } from '../state/tables.js';

export interface NotifyParts {
  readonly settings: Pick<Settings, 'jobId' | 'servicePrincipalId' | 'notification' | 'graph' | 'licensedSeats'>;
  readonly tables: Tables;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly getGraphToken: GetToken;
  /** Who is to hear instead of those that the deployment names; null: those. */
  readonly readRecipients?: () => Promise<readonly string[] | null>;
  readonly random?: () => number;
  /** The innermost send; Node's fetch by default. */
  readonly send?: Send;
}

/** The notifier of the engine, and the look at the job that a tick and the end of a cycle take. */
export interface JobNotifications {
  readonly notifications: Notifications;
  /** Tells what is new, sends what is due. Never throws. */
  watch(world: Pick<World, 'jobId' | 'state' | 'telemetry' | 'clock'>): Promise<void>;
}

const timeoutMs = 10_000;
const longestWaitMs = 15_000;

/** Joins the channels that the settings name; without any, incidents are told by telemetry alone. */
export const createJobNotifications = (parts: NotifyParts): JobNotifications => {
  const { settings, tables, telemetry, clock } = parts;
  const partitions = partitionsOf(settings.jobId);
  const incidents: IncidentStore = createIncidentStore(tables, partitions);
  const licences = createLicenceStore(tables, partitions);
  const { jobId, servicePrincipalId, licensedSeats } = settings;
  const notifications = createNotifications({
    jobId,
    channels: openChannels(parts),
    incidents,
    telemetry,
    clock,
    jobUrl: `${settings.notification.publicUrl}/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`,
  });
  return {
    notifications,
    watch: (world) =>
      watchJob({ ...world, incidents, licences, notifications, licensedSeats }, new AbortController().signal),
  };
};

const openChannels = (parts: NotifyParts): readonly Channel[] => {
  const { mail, webhook } = parts.settings.notification;
  const { endpoint } = parts.settings.graph;
  const channels: Channel[] = [];
  if (mail) {
    const { sender, recipients } = mail;
    const send = pipe(parts, endpoint, false, [bearerLayer(parts.getGraphToken)]);
    channels.push(
      createMailChannel({
        endpoint,
        sender,
        recipients: async () => (await parts.readRecipients?.()) ?? recipients,
        send,
      }),
    );
  }
  if (webhook) {
    const send = pipe(parts, webhook.url, true, []);
    channels.push(createWebhookChannel({ ...webhook, send, clock: parts.clock }));
  }
  return channels;
};

const pipe = (
  { clock, random = Math.random, send }: NotifyParts,
  address: string,
  isRepeatable: boolean,
  layers: readonly Layer[],
): Send =>
  composeLayers(
    [
      retryLayer({
        strategy: createDeliveryRetry({ isRepeatable, clock, random }),
        clock,
        maxTotalWaitMs: longestWaitMs,
      }),
      ...layers,
      originCheckLayer([new URL(address).origin]),
      timeoutLayer({ timeoutMs, clock }),
    ],
    fetchWith(send),
  );
