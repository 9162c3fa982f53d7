import type { Clock } from '../../clock.js';
import { FaultError, type RequestTrace } from '../../engine/model.js';
import type { Send } from '../../http/send.js';
import { scimAdvice } from '../advice.js';
import type { ScimAnswer } from '../answer.js';
import { makeFault } from '../fault.js';
import { readAnswer } from '../readAnswer.js';
import { requestIdHeader, traceRequest } from '../requestTrace.js';
import { explainTransport } from '../transportFault.js';
import { explainOAuthAnswer } from './oauthFault.js';
import { type GrantedToken, parseTokenAnswer } from './tokenAnswer.js';

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://zoom.us/oauth`; `token` and `revoke` lie below it. */
  readonly oauthEndpoint: URL;
  /** With retries, time-out and origin check, without a token. */
  readonly send: Send;
  readonly clock: Clock;
}

/** An address below the OAuth endpoint. */
export const oauthUrl = (endpoint: URL, name: 'authorize' | 'token' | 'revoke'): URL =>
  new URL(`${endpoint.href.replace(/\/$/, '')}/${name}`);

/** Asks the token endpoint for this grant. Throws `FaultError`, or the signal's reason. */
export const requestToken = async (
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<GrantedToken> => {
  const { answer, request } = await postForm(client, 'token', form, signal);
  const granted = parseTokenAnswer(answer);
  if (granted === null) {
    const code = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
    const said = 'The token endpoint’s answer holds no usable access token.';
    throw new FaultError(makeFault(code, scimAdvice[code], { request, said }));
  }
  return granted;
};

/** Ends a token and all that was given out with it. Throws as `requestToken` does. */
export const revokeToken = async (client: OAuthClient, token: string, signal: AbortSignal): Promise<void> => {
  await postForm(client, 'revoke', { token }, signal);
};

const postForm = async (
  client: OAuthClient,
  name: 'token' | 'revoke',
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly answer: ScimAnswer; readonly request: RequestTrace }> => {
  const url = oauthUrl(client.oauthEndpoint, name);
  const trace = traceRequest('POST', url.pathname);
  const answer = await readAnswer(await sendOrExplain(client, url, form, signal, trace));
  const request = { ...trace, status: answer.status, requestId: answer.headers.get(requestIdHeader) };
  if (answer.status !== 200) {
    throw new FaultError(explainOAuthAnswer(answer, request, client.clock.nowMs()));
  }
  return { answer, request };
};

const sendOrExplain = async (
  { clientId, clientSecret, send }: OAuthClient,
  url: URL,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
  trace: RequestTrace,
): Promise<Response> => {
  try {
    return await send(url.href, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new FaultError(explainTransport(error, false, trace), { cause: error });
  }
};
