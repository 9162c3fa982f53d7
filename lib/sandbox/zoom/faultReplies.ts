import { refuseScope } from './access.js';
import type { Strikes } from './faults.js';
import { perSecondText } from './rateLimiter.js';
import { gatewayError, Refusal, scimError } from './refusal.js';
import { findCategory, type ScimOperation } from './router.js';
import type { Call, Simulation } from './simulation.js';
import { type Outcome, replyJson, type WireReply } from './wire.js';

export const lockText = 'Too many concurrent requests. A request to disassociate this user has already been made.';

export const refuseLock = (sim: Simulation): Refusal =>
  gatewayError(sim.settings.gatewayErrorShape, 429, 429, lockText);

const htmlPage = (title: string): string =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const makeStatusReply = (strikes: Strikes): WireReply | null => {
  const fault = strikes.find('status');
  if (fault === undefined) return null;
  const { code, headers = {} } = fault;
  if (fault.body !== undefined) {
    return {
      status: code,
      headers: { 'Content-Type': fault.contentType ?? 'application/json', ...headers },
      body: fault.body,
    };
  }
  if (code === 502) {
    return { status: code, headers: { 'Content-Type': 'text/html', ...headers }, body: htmlPage('502 Bad Gateway') };
  }
  if (code === 503) return { status: code, headers, body: '' };
  return {
    ...scimError(code, 'Internal server error.').reply,
    headers: { 'Content-Type': 'application/json', ...headers },
  };
};

/** Changes what the tokens are worth, before the call's own token is looked at. */
export const spoilTokens = (sim: Simulation, strikes: Strikes): void => {
  if (strikes.has('token.expireMidCycle')) sim.tokens.expireAccess();
  if (strikes.has('token.revoked') || strikes.has('token.ownerGone')) sim.tokens.revokeAll();
};

/** Throws the answer of a fault that refuses a call outright. */
export const refuseStruckCall = (sim: Simulation, call: Call, operation: ScimOperation | null): void => {
  const { strikes } = call;
  const shape = sim.settings.gatewayErrorShape;
  if (strikes.has('rate.perSecond')) throw sim.limiter.refuseNow(operation ?? 'users.get');
  const daily = strikes.find('rate.daily');
  if (daily) throw sim.limiter.refuseDaily(findCategory(operation ?? 'users.get'), 6000, daily.retryAfterMs);
  if (strikes.has('rate.noHeaders')) throw gatewayError(shape, 429, 429, perSecondText);
  if (strikes.has('lock.concurrent')) throw refuseLock(sim);
  if (operation !== null && strikes.has('token.scopeMissing')) throw refuseScope(sim);
  const status = makeStatusReply(strikes);
  if (status !== null && !strikes.find('status')?.afterCommit) throw new Refusal(status);
};

const dropId = (body: string): string => {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null) return body;
  return JSON.stringify(Object.fromEntries(Object.entries(parsed).filter(([name]) => name !== 'id')));
};

const spoilBody = (strikes: Strikes, reply: WireReply): WireReply => {
  if (strikes.has('body.empty200')) return { ...reply, status: 200, body: '' };
  if (strikes.has('body.html')) {
    return { ...reply, headers: { ...reply.headers, 'Content-Type': 'text/html' }, body: htmlPage('Zoom') };
  }
  if (strikes.has('body.malformed')) {
    const body = reply.body === '' ? '{"schemas":[' : reply.body.slice(0, Math.ceil(reply.body.length / 2));
    return { ...reply, headers: { ...replyJson(200, {}).headers, ...reply.headers }, body };
  }
  return strikes.has('body.missingId') && reply.body !== '' ? { ...reply, body: dropId(reply.body) } : reply;
};

/** What becomes of the answer on its way back, after the call was carried out. */
export const spoilReply = (strikes: Strikes, reply: WireReply): Outcome => {
  if (strikes.has('net.timeoutAfterCommit')) return { kind: 'dropped' };
  const status = strikes.find('status')?.afterCommit ? makeStatusReply(strikes) : null;
  if (status !== null) return { kind: 'replied', reply: status };
  return { kind: 'replied', reply: reply.status < 300 ? spoilBody(strikes, reply) : reply };
};
