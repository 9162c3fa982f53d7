import { oauthError } from './oauthErrors.js';
import type { Call, Simulation } from './simulation.js';
import { replyEmpty, replyJson, type WireReply } from './wire.js';

type Fields = ReadonlyMap<string, string>;

const readJsonFields = (body: string): [string, string][] => {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.entries(parsed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  } catch {
    return [];
  }
};

/** Parameters may stand in the query, a form or JSON; the body wins. */
const readFields = (call: Call): Fields => {
  const { query, body } = call.request;
  const isJson = (call.request.header('content-type') ?? '').includes('json');
  return new Map([...query, ...(isJson ? readJsonFields(body) : new URLSearchParams(body))]);
};

const readBasic = (header: string | undefined): { readonly id: string; readonly secret: string } | null => {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

const checkClient = (sim: Simulation, call: Call): void => {
  const basic = readBasic(call.request.header('authorization'));
  if (basic === null) throw oauthError(sim.settings, 'credentialsMissing');
  const known = basic.id === sim.credentials.clientId && basic.secret === sim.credentials.clientSecret;
  if (!known || call.strikes.has('token.clientSecretWrong')) throw oauthError(sim.settings, 'clientSecretWrong');
};

const checkApp = (sim: Simulation, call: Call): void => {
  if (!sim.settings.appEnabled) throw oauthError(sim.settings, 'appDisabled');
  if (!sim.settings.appApproved) throw oauthError(sim.settings, 'approvalWithdrawn');
  if (!sim.settings.ownerExists || call.strikes.has('token.ownerGone')) throw oauthError(sim.settings, 'ownerGone');
  if (call.strikes.has('token.revoked')) throw oauthError(sim.settings, 'superseded');
  if (call.strikes.has('token.refreshReused')) throw oauthError(sim.settings, 'refreshReused');
};

const answerTokens = (sim: Simulation, call: Call, withRefresh: boolean): WireReply => {
  const scope = call.strikes.has('token.scopeMissing') ? 'user:read:user:admin' : sim.settings.grantedScope;
  const accessToken = sim.tokens.mintAccess(scope);
  return replyJson(200, {
    access_token: accessToken,
    token_type: 'bearer',
    ...(withRefresh ? { refresh_token: sim.tokens.mintRefresh(accessToken) } : {}),
    expires_in: Math.floor(sim.settings.tokenLifetimeMs / 1000),
    scope,
    api_url: sim.settings.apiUrl,
  });
};

const exchangeCode = (sim: Simulation, call: Call, fields: Fields): WireReply => {
  const [code, redirectUri, verifier] = ['code', 'redirect_uri', 'code_verifier'].map((name) => fields.get(name) ?? '');
  switch (sim.tokens.redeemCode(code ?? '', redirectUri ?? '', verifier ?? '')) {
    case 'unknown':
      throw oauthError(sim.settings, 'codeInvalid');
    case 'expired':
      throw oauthError(sim.settings, 'codeExpired');
    case 'otherRedirect':
      throw oauthError(sim.settings, 'redirectMismatch');
    case 'otherVerifier':
      throw oauthError(sim.settings, 'verifierMismatch');
    case 'ok':
      sim.tokens.supersede();
      return answerTokens(sim, call, true);
  }
};

const renewTokens = (sim: Simulation, call: Call, fields: Fields): WireReply => {
  const token = fields.get('refresh_token') ?? '';
  if (call.strikes.has('token.raceTwoRefreshers')) sim.tokens.redeemRefresh(token);
  switch (sim.tokens.redeemRefresh(token)) {
    case 'unknown':
    case 'revoked':
      throw oauthError(sim.settings, 'refreshUnknown');
    case 'superseded':
      throw oauthError(sim.settings, 'superseded');
    case 'rotated':
      throw oauthError(
        sim.settings,
        sim.settings.refreshReuse === 'invalidToken' ? 'refreshReused' : 'beyondTolerance',
      );
    case 'live':
      return answerTokens(sim, call, true);
  }
};

/** `POST /oauth/token` for its three grants. */
export const grantToken = (sim: Simulation, call: Call): WireReply => {
  const fields = readFields(call);
  checkClient(sim, call);
  checkApp(sim, call);
  switch (fields.get('grant_type')) {
    case undefined:
      throw oauthError(sim.settings, 'grantMissing');
    case 'account_credentials':
      if (fields.get('account_id') !== sim.credentials.accountId) throw oauthError(sim.settings, 'accountUnknown');
      return answerTokens(sim, call, false);
    case 'authorization_code':
      return exchangeCode(sim, call, fields);
    case 'refresh_token':
      return renewTokens(sim, call, fields);
    default:
      throw oauthError(sim.settings, 'grantUnsupported');
  }
};

/** The digest of PKCE; the plain form is refused, since our client never sends it. */
const readChallenge = (sim: Simulation, query: URLSearchParams): string | null => {
  const challenge = query.get('code_challenge');
  if (challenge !== null && query.get('code_challenge_method') !== 'S256') {
    throw oauthError(sim.settings, 'challengeUnsupported');
  }
  return challenge;
};

/** `GET /oauth/authorize`: the administrator consents at once, or declines. */
export const authorize = (sim: Simulation, call: Call): WireReply => {
  const { query } = call.request;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== sim.credentials.clientId) throw oauthError(sim.settings, 'clientSecretWrong');
  if (!(sim.credentials.redirectUris ?? []).includes(redirectUri)) throw oauthError(sim.settings, 'redirectMismatch');
  if (query.get('response_type') !== 'code') throw oauthError(sim.settings, 'grantUnsupported');
  const challenge = readChallenge(sim, query);
  const location = new URL(redirectUri);
  if (sim.settings.consent === 'given') location.searchParams.set('code', sim.tokens.mintCode(redirectUri, challenge));
  else location.searchParams.set('error', 'access_denied');
  const state = query.get('state');
  if (state !== null) location.searchParams.set('state', state);
  return replyEmpty(302, { Location: location.href });
};

/** `POST /oauth/revoke`: kills an access token and its refresh token. */
export const revokeToken = (sim: Simulation, call: Call): WireReply => {
  checkClient(sim, call);
  const known = sim.tokens.revoke(readFields(call).get('token') ?? '');
  if (!known) throw oauthError(sim.settings, 'refreshReused');
  return replyJson(200, { status: 'success' });
};
