import { createHmac } from 'node:crypto';

/** `v1=` and the HMAC-SHA256, in hex, of the timestamp (unix seconds), a dot and the body's bytes. */
export const signBody = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex')}`;
