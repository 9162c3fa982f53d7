import type { JsonValue } from '../../engine/model.js';
import { isJsonObject, type ScimAnswer } from '../answer.js';

/** A token as the endpoint gave it. `api_url` is left aside: requests go to the configured host, whatever it says. */
export interface GrantedToken {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** Where the grant gives one: it works once, and the one before it no more. */
  readonly refreshToken: string | null;
  /** Host that the account's API is said to live on. */
  readonly apiHost: string | null;
}

/** Zoom's tokens live an hour (Zoom, server-to-server OAuth). */
const usualLifetimeSeconds = 3_600;

/** Null where the answer holds no token that could stand in a header. */
export const parseTokenAnswer = ({ body }: ScimAnswer): GrantedToken | null => {
  if (body.kind !== 'json' || !isJsonObject(body.value)) {
    return null;
  }
  const { access_token: accessToken, expires_in: expiresIn, token_type: tokenType, api_url: apiUrl } = body.value;
  const { refresh_token: refreshToken } = body.value;
  if (!isToken(accessToken)) {
    return null;
  }
  if (typeof tokenType === 'string' && tokenType.toLowerCase() !== 'bearer') {
    return null;
  }
  const seconds = Number(expiresIn ?? usualLifetimeSeconds);
  return {
    accessToken,
    refreshToken: isToken(refreshToken) ? refreshToken : null,
    expiresInMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : usualLifetimeSeconds) * 1_000,
    apiHost: typeof apiUrl === 'string' && URL.canParse(apiUrl) ? new URL(apiUrl).host : null,
  };
};

const isToken = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
