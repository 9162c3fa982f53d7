import type { RequestTrace } from '../../../lib/engine/model.js';
import type { ScimAnswer } from '../../../lib/zoom/answer.js';
import { oauthAdvice, oauthCodes } from '../../../lib/zoom/auth/oauthAdvice.js';
import { explainOAuthAnswer } from '../../../lib/zoom/auth/oauthFault.js';
import { scimAnswer, textAnswer } from '../../fakes/scimAnswer.js';

const request: RequestTrace = { service: 'zoom', method: 'POST', path: '/oauth/token', status: 400, requestId: null };
const nowMs = Date.parse('2026-11-23T10:00:00Z');
const explain = (answer: ScimAnswer) => explainOAuthAnswer(answer, request, nowMs);
const refusal = (reason: string, error = 'invalid_request') => scimAnswer(400, { reason, error });

describe('explainOAuthAnswer', () => {
  it.each([...oauthCodes])('knows Zoom’s number %d in the text and beside it', (number, code) => {
    for (const answer of [refusal(`Something (${number})`), scimAnswer(401, { reason: 'Something', code: number })]) {
      expect(explain(answer)).toMatchObject({ code, whose: 'job', retry: 'nextCycle' });
    }
  });

  it.each([
    ['Invalid Token!', 'RefreshTokenReused'],
    ['Invalid client_id or client_secret', 'CredentialsInvalid'],
    ['unsupported grant type', 'GrantTypeUnsupported'],
    ['Missing grant type', 'CredentialsMissing'],
    ['Redirect URI mismatch', 'RedirectUriMismatch'],
    ['The app has been disabled', 'ZoomAppDisabled'],
    ['Authorization code expired', 'ConsentExpired'],
    ['The owner of the token does not exist', 'ConsentOwnerGone'],
    ['Refresh token not found', 'RefreshTokenUnknown'],
    ['The app is not approved by the admin', 'ZoomAppApprovalWithdrawn'],
    ['Refresh token reused beyond tolerance', 'RefreshTokenReused'],
    ['Token revoked by a later authorization', 'ConsentSuperseded'],
    ['Bad Request', 'Unauthorized'],
  ])('knows the text "%s" without a number', (reason, code) => {
    expect(explain(refusal(reason)).code).toBe(code);
  });

  it.each([
    ['invalid_client', 'CredentialsInvalid'],
    ['unauthorized_client', 'GrantTypeUnsupported'],
    ['unsupported_grant_type', 'GrantTypeUnsupported'],
    ['invalid_scope', 'ScopeMissing'],
    ['invalid_grant', 'Unauthorized'],
  ])('falls back on OAuth’s own %s', (error, code) => {
    expect(explain(refusal('', error)).code).toBe(code);
  });

  it('does not blame the credentials for limits and outages', () => {
    expect(explain(textAnswer(429, '', { 'retry-after': '120' }))).toMatchObject({
      code: 'TooManyRequests',
      whose: 'target',
      retry: 'at',
      retryAt: '2026-11-23T10:02:00.000Z',
    });
    expect(explain(textAnswer(502, '<html></html>'))).toMatchObject({ code: 'ServiceUnavailable', whose: 'target' });
    expect(explain(textAnswer(404, '<html></html>')).code).toBe('EndpointNotFound');
  });

  it.each(Object.entries(oauthAdvice))('%s says what happened and what to do', (_, { message, recommendedAction }) => {
    expect(message).toMatch(/^[A-Z].{15,}\.$/);
    expect(recommendedAction).toMatch(/^[A-Z].{15,}\.$/);
  });
});
