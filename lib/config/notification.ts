import type { EnvironmentReader } from './environment.js';
import { readHome } from './home.js';
import { isLoopback, type Parse } from './parsers.js';
import type { NotificationSettings } from './settings.js';

/** Graph takes a mailbox by its address or by the object id of its user. */
const mailbox = /^[^\s@<>,;"/?#]+@[^\s@<>,;"/?#]+\.[^\s@<>,;"/?#]+$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const address = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

const parseMailbox: Parse<string> = (text) =>
  mailbox.test(text)
    ? { kind: 'value', value: text }
    : { kind: 'expected', expected: 'the mail address or object id of the mailbox that sends' };

const parseAddresses: Parse<readonly string[]> = (text) => {
  const names = text.split(/[,;]/).flatMap((name) => name.trim() || []);
  return names.length > 0 && names.length <= 50 && names.every((name) => address.test(name))
    ? { kind: 'value', value: [...new Set(names)] }
    : { kind: 'expected', expected: 'one to fifty mail addresses, separated by commas' };
};

/** Receivers such as Logic Apps keep a key in the query, so one is allowed here. */
const parseWebhook: Parse<string> = (text) => {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  return url && isSafe && `${url.hash}${url.username}${url.password}` === ''
    ? { kind: 'value', value: url.href }
    : { kind: 'expected', expected: 'an https address without credentials or fragment (http only on loopback)' };
};

const leastSecretChars = 16;
const parseSecret: Parse<string> = (text) =>
  text.length >= leastSecretChars
    ? { kind: 'value', value: text }
    : { kind: 'expected', expected: `a secret of at least ${leastSecretChars} characters` };

/** Mail needs sender and recipients, a webhook its secret: half of a pair would be silence that nobody notices. */
export const readNotification = (env: EnvironmentReader): NotificationSettings => ({
  mail: readMail(env),
  webhook: readWebhook(env),
  publicUrl: readHome(env).url,
});

const readMail = (env: EnvironmentReader): NotificationSettings['mail'] => {
  const recipients = env.readOptional('NOTIFICATION_EMAIL', parseAddresses);
  const sender = env.readOptional('NOTIFICATION_SENDER', parseMailbox);
  if (env.has('NOTIFICATION_EMAIL') && !env.has('NOTIFICATION_SENDER')) {
    env.fault('NOTIFICATION_SENDER', 'the mailbox that sends to NOTIFICATION_EMAIL', 'nothing');
  }
  return sender === null ? null : { sender, recipients: recipients ?? [] };
};

const readWebhook = (env: EnvironmentReader): NotificationSettings['webhook'] => {
  const url = env.readOptional('NOTIFICATION_WEBHOOK', parseWebhook);
  const secret = env.readOptional('NOTIFICATION_WEBHOOK_SECRET', parseSecret);
  if (env.has('NOTIFICATION_WEBHOOK') && !env.has('NOTIFICATION_WEBHOOK_SECRET')) {
    env.fault('NOTIFICATION_WEBHOOK_SECRET', 'the secret that signs what goes to NOTIFICATION_WEBHOOK', 'nothing');
  }
  return url === null || secret === null ? null : { url, secret };
};
