import { createHash } from 'node:crypto';
import type { Incident } from '../engine/incidents.js';
import type { RequestTrace } from '../engine/model.js';

/** An incident as it is sent. Nothing in it is an attribute value, a token or a secret. */
export interface Message {
  /** The same however often it is sent, so that a receiver can drop what it has. */
  readonly id: string;
  readonly incident: string;
  readonly jobId: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly subject: string;
  /** What happened. */
  readonly text: string;
  readonly since: string;
  readonly people: number | null;
  readonly code: string | null;
  readonly request: RequestTrace | null;
  /** What to do next. */
  readonly action: string;
  readonly link: string;
}

/** `jobUrl`: the job's address in this app's API. */
export const composeMessage = ({ notice, toldAt }: Incident, jobUrl: string): Message => {
  const { fault } = notice;
  return {
    id: createHash('sha256').update(`${notice.jobId}\n${notice.incident}\n${toldAt}`).digest('hex').slice(0, 32),
    incident: notice.incident,
    jobId: notice.jobId,
    level: notice.level ?? 'error',
    subject: notice.subject,
    text: fault ? `${notice.text} ${fault.message}` : notice.text,
    since: notice.since ?? toldAt,
    people: notice.people ?? null,
    code: fault?.code ?? null,
    request: fault?.request ?? null,
    action: [fault?.recommendedAction, notice.action].filter(Boolean).join(' ') || 'Nothing.',
    link: notice.place === undefined ? jobUrl : `${jobUrl}/${notice.place}`,
  };
};

/** The mail's subject and body: plain text, one fact a line. */
export const writeMail = (message: Message): { readonly subject: string; readonly content: string } => {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Since', `${message.since.slice(0, 16).replace('T', ' ')} UTC`],
    ['People', message.people === null ? null : String(message.people)],
    ['Error', message.code],
    ['Request', message.request && describeRequest(message.request)],
    ['What to do', message.action],
    ['Look here', message.link],
    ['Job', message.jobId],
    ['Incident', message.incident],
  ];
  const lines = facts.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return { subject: `[Zoom provisioning] ${message.subject}`, content: [message.text, '', ...lines, ''].join('\n') };
};

const describeRequest = ({ method, path, status, requestId }: RequestTrace): string =>
  `${method} ${path} answered ${status ?? 'nothing'} (request id ${requestId ?? 'none'})`;
