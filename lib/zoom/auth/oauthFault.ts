import type { Fault, RequestTrace } from '../../engine/model.js';
import { scimAdvice } from '../advice.js';
import type { ScimAnswer } from '../answer.js';
import { readErrorText } from '../errorText.js';
import { makeFault } from '../fault.js';
import { classifyAnswer } from '../taxonomy.js';
import { readThrottling } from '../throttling.js';
import { type OAuthFaultCode, oauthAdvice, oauthCodes, oauthErrors, oauthTexts } from './oauthAdvice.js';

/** What a refusal of the token endpoint means. Everything but limits and outages stops the job until somebody acts. */
export const explainOAuthAnswer = (answer: ScimAnswer, request: RequestTrace, nowMs: number): Fault => {
  const throttling = readThrottling(answer, nowMs);
  if (throttling !== null) {
    const retryAtMs = throttling.waitMs === null ? null : nowMs + throttling.waitMs;
    return makeFault('TooManyRequests', scimAdvice.TooManyRequests, { request, retryAtMs });
  }
  if (answer.status >= 500 || answer.status === 404 || answer.status === 408) {
    const { code } = classifyAnswer(answer, 'list');
    return makeFault(code, scimAdvice[code], { request });
  }
  const { code, zoomCode } = classifyRefusal(answer);
  const said = zoomCode === null ? undefined : `(Zoom’s code ${zoomCode}.)`;
  return makeFault(code, { ...oauthAdvice[code], whose: 'job', retry: 'nextCycle' }, { request, said });
};

/** By Zoom's number first, then by the words, then by OAuth's own error. */
const classifyRefusal = (answer: ScimAnswer): { code: OAuthFaultCode; zoomCode: number | null } => {
  const { code: number, text, error } = readErrorText(answer.body);
  const byNumber = number === null ? undefined : oauthCodes.get(number);
  if (byNumber !== undefined) {
    return { code: byNumber, zoomCode: number };
  }
  const byText = oauthTexts.find((row) => row.text.test(text))?.code;
  const byError = error === null ? undefined : oauthErrors.get(error);
  return { code: byText ?? byError ?? 'Unauthorized', zoomCode: null };
};
