import type { Clock } from '../../clock.js';
import { FaultError, type RequestTrace } from '../../engine/model.js';
import type { Send } from '../../http/send.js';
import { scimAdvice } from '../advice.js';
import { makeFault } from '../fault.js';
import { readAnswer } from '../readAnswer.js';
import { explainTransport } from '../transportFault.js';
import { explainOAuthAnswer } from './oauthFault.js';
import { createSingleFlight } from './singleFlight.js';
import { type GrantedToken, parseTokenAnswer } from './tokenAnswer.js';
import type { TokenSource } from './tokenSource.js';

export interface ServerToServerCredentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ServerToServerOptions extends ServerToServerCredentials {
  /** `https://zoom.us/oauth`; the token is asked for at `/token` below it. */
  readonly oauthEndpoint: URL;
  /** With retries, time-out and origin check, without a token. */
  readonly send: Send;
  readonly clock: Clock;
  /** Told where the account's API is said to live on another host than the configured one; nothing is sent there. */
  readonly onApiHost?: (host: string) => void;
}

/** A token is replaced this long before it expires, or at half its life where that is shorter. */
const renewBeforeMs = 60_000;

/**
 * Tokens of a server-to-server OAuth app (Zoom, account credentials): no refresh token, each asked for anew. One is
 * kept in memory; whoever needs another while one is on its way waits for that one.
 */
export const createServerToServerSource = (options: ServerToServerOptions): TokenSource => {
  const { clock } = options;
  let held: { readonly token: string; readonly renewAtMs: number } | null = null;
  const renew = createSingleFlight(async (signal) => {
    const granted = await requestToken(options, signal);
    const { accessToken: token, expiresInMs, apiHost } = granted;
    held = { token, renewAtMs: clock.monotonicMs() + expiresInMs - Math.min(renewBeforeMs, expiresInMs / 2) };
    if (apiHost !== null) {
      options.onApiHost?.(apiHost);
    }
    return token;
  });
  return {
    getToken: async (signal) => {
      signal.throwIfAborted();
      return held !== null && clock.monotonicMs() < held.renewAtMs ? held.token : renew(signal);
    },
    invalidate: (token) => {
      if (held?.token === token) {
        held = null;
      }
    },
  };
};

const requestToken = async (options: ServerToServerOptions, signal: AbortSignal): Promise<GrantedToken> => {
  const url = `${options.oauthEndpoint.href.replace(/\/$/, '')}/token`;
  const trace: RequestTrace = {
    service: 'zoom',
    method: 'POST',
    path: new URL(url).pathname,
    status: null,
    requestId: null,
  };
  const response = await sendOrExplain(options, url, signal, trace);
  const answer = await readAnswer(response);
  const request = { ...trace, status: answer.status, requestId: answer.headers.get('x-zm-trackingid') };
  if (answer.status !== 200) {
    throw new FaultError(explainOAuthAnswer(answer, request, options.clock.nowMs()));
  }
  const granted = parseTokenAnswer(answer);
  if (granted === null) {
    const code = 'SystemForCrossDomainIdentityManagementServiceIncompatible';
    const said = 'The token endpoint’s answer holds no usable access token.';
    throw new FaultError(makeFault(code, scimAdvice[code], { request, said }));
  }
  return granted;
};

const sendOrExplain = async (
  { accountId, clientId, clientSecret, send }: ServerToServerOptions,
  url: string,
  signal: AbortSignal,
  trace: RequestTrace,
): Promise<Response> => {
  try {
    return await send(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }).toString(),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new FaultError(explainTransport(error, false, trace), { cause: error });
  }
};
