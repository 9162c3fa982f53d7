import { type Fault, FaultError } from '../engine/model.js';
import { readRetryAfter } from '../http/retryAfter.js';
import { describeFault, type SourceFaultCode } from './faults.js';
import { type GraphAnswer, readErrorCode } from './graphAnswer.js';

/** What an answer that is no success means. The status decides, then Graph's code, never its text. */
export const describeAnswer = (answer: GraphAnswer, nowMs: number): Fault => {
  const code = classify(answer);
  const graphCode = readErrorCode(answer.body);
  const wait = isBusy(answer.status) ? readRetryAfter(answer.headers, nowMs) : null;
  return describeFault(code, {
    detail: `It answered ${answer.status}${graphCode === null ? '' : ` (${graphCode})`}.`,
    request: answer.trace,
    ...(wait === null ? {} : { retryAt: new Date(nowMs + wait.waitMs).toISOString() }),
  });
};

export const answerFailure = (answer: GraphAnswer, nowMs: number): FaultError =>
  new FaultError(describeAnswer(answer, nowMs));

/** 509 is Graph's bandwidth cap. */
export const isThrottled = (status: number): boolean => status === 429 || status === 509;

/** Statuses that pass: asking again later may well succeed. 424 is a failed neighbour in a batch. */
export const isTransient = (status: number): boolean =>
  isThrottled(status) || [408, 424, 500, 502, 503, 504].includes(status);

/** How Graph refuses a link that it no longer knows: any 4xx but those that concern the caller or the moment. */
export const isDeadLink = ({ status }: GraphAnswer): boolean =>
  status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);

const isBusy = (status: number): boolean => isThrottled(status) || status === 503;

const classify = ({ status }: GraphAnswer): SourceFaultCode => {
  if (isThrottled(status)) {
    return 'SourceThrottled';
  }
  if (status === 401) {
    return 'GraphTokenRejected';
  }
  if (status === 403) {
    return 'InsufficientGraphPermissions';
  }
  if (isTransient(status) || (status >= 500 && status !== 501)) {
    return 'SourceUnavailable';
  }
  return 'SourceQueryRejected';
};
