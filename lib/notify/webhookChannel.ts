import type { Clock } from '../clock.js';
import type { Send } from '../http/send.js';
import { type Channel, DeliveryError } from './channel.js';
import { signBody } from './signBody.js';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  /** With retries, time-out and origin check, without a token. */
  readonly send: Send;
  readonly clock: Clock;
}

/**
 * One JSON object by POST, signed. `X-Notification-Id` is the same for every attempt, so that a receiver can drop what
 * it has; the signature covers it, since it stands in the body too.
 */
export const createWebhookChannel = ({ url, secret, send, clock }: WebhookOptions): Channel => ({
  name: 'webhook',
  send: async (message, signal) => {
    const body = JSON.stringify(message);
    const timestamp = String(Math.floor(clock.nowMs() / 1_000));
    const response = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'entra-zoom-sync',
        'x-notification-id': message.id,
        'x-notification-timestamp': timestamp,
        'x-notification-signature': signBody(secret, timestamp, body),
      },
      body,
      signal,
    });
    if (!response.ok) throw new DeliveryError('WebhookRefused', response.status);
  },
});
