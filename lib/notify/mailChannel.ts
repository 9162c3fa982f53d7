import type { Send } from '../http/send.js';
import { type Channel, DeliveryError } from './channel.js';
import { writeMail } from './message.js';

export interface MailOptions {
  /** `https://graph.microsoft.com`, without a version. */
  readonly endpoint: string;
  /** Address or object id of the mailbox that sends. */
  readonly sender: string;
  /** Asked for each message; nobody means that nothing is sent. */
  readonly recipients: () => Promise<readonly string[]>;
  /** With token, retries, time-out and origin check. */
  readonly send: Send;
}

/** Mail through Graph: `POST /users/{sender}/sendMail`, which answers 202. It needs the permission `Mail.Send`. */
export const createMailChannel = ({ endpoint, sender, recipients, send }: MailOptions): Channel => ({
  name: 'mail',
  send: async (message, signal) => {
    const addresses = await recipients();
    if (addresses.length === 0) return;
    const { subject, content } = writeMail(message);
    const response = await send(`${endpoint}/v1.0/users/${encodeURIComponent(sender)}/sendMail`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message: {
          subject,
          body: { contentType: 'Text', content },
          toRecipients: addresses.map((address) => ({ emailAddress: { address } })),
          importance: message.level === 'info' ? 'normal' : 'high',
        },
        saveToSentItems: false,
      }),
      signal,
    });
    if (!response.ok) throw new DeliveryError(codeOf(response.status), response.status);
  },
});

/** Graph answers 403 without Mail.Send or outside the access policy, 404 where the sender has no mailbox. */
const codeOf = (status: number): string => {
  if (status === 401 || status === 403) return 'MailNotPermitted';
  return status === 404 ? 'MailboxNotFound' : 'MailRefused';
};
