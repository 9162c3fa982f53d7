import { Duration } from 'luxon';

/** A parsed value, or what was expected instead. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'expected'; readonly expected: string };
export type Parse<T> = (text: string) => Parsed<T>;

const value = <T>(parsed: T): Parsed<T> => ({ kind: 'value', value: parsed });
const expected = (text: string): Parsed<never> => ({ kind: 'expected', expected: text });

export const parseText: Parse<string> = (text) => value(text);

/** Names between commas; none at all is an empty list. */
export const parseNames: Parse<readonly string[]> = (text) => {
  const names = text.split(',').flatMap((name) => name.trim() || []);
  const isTwice = new Set(names.map((name) => name.toLowerCase())).size < names.length;
  return isTwice ? expected('names between commas, each once') : value(names);
};

export const parseGuid: Parse<string> = (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? value(text.toLowerCase()) : expected('a GUID');

export const oneOf =
  <const Names extends readonly string[]>(...names: Names): Parse<Names[number]> =>
  (text) => {
    const found = names.find((name) => name === text);
    return found === undefined ? expected(`one of ${names.join(', ')}`) : value(found);
  };

export const parseBoolean: Parse<boolean> = (text) =>
  /^(true|1)$/i.test(text) ? value(true) : /^(false|0)$/i.test(text) ? value(false) : expected('true or false');

export const wholeNumber =
  (least: number, most: number): Parse<number> =>
  (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? value(number) : expected(`a whole number from ${least} to ${most}`);
  };

export const numberBetween =
  (least: number, most: number): Parse<number> =>
  (text) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? value(number) : expected(`a number from ${least} to ${most}`);
  };

/** An ISO 8601 duration in milliseconds. */
export const duration =
  (least: string, most: string): Parse<number> =>
  (text) => {
    const ms = Duration.fromISO(text).toMillis();
    const isInside = ms >= Duration.fromISO(least).toMillis() && ms <= Duration.fromISO(most).toMillis();
    return isInside ? value(ms) : expected(`an ISO 8601 duration from ${least} to ${most}`);
  };

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a host is this machine: only there may a token travel without TLS. */
export const isLoopback = (url: URL): boolean =>
  loopbackNames.has(url.hostname) || /^127(\.\d{1,3}){3}$/.test(url.hostname);

/** An https URL, or http on loopback; without query, fragment, credentials or closing slash. */
export const parseEndpoint: Parse<string> = (text) => {
  const url = URL.parse(text);
  if (!url || `${url.search}${url.hash}${url.username}${url.password}` !== '') {
    return expected('an https URL without query or credentials');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    return expected('an https URL (http only on loopback)');
  }
  return value(text.replace(/\/+$/, ''));
};

/** A Key Vault: https and nothing behind the host. Its tokens are the app's identity, so never plain http. */
export const parseVaultUri: Parse<string> = (text) => {
  const url = URL.parse(text);
  const isBare = url !== null && url.href === `${url.origin}/`;
  return url?.protocol === 'https:' && isBare
    ? value(url.origin)
    : expected('the https address of a Key Vault, as in https://name.vault.azure.net');
};

/** Zoom's SCIM root; the address of Microsoft's tutorial belongs to their own connector. */
export const parseScimEndpoint: Parse<string> = (text) =>
  /^https:\/\/api\.zoom\.us\/scim\/?$/i.test(text)
    ? expected('https://api.zoom.us/scim2 (the tutorial’s /scim is an older prefix)')
    : parseEndpoint(text);

/** Six fields of NCRONTAB: second, minute, hour, day, month, day of week. */
export const parseSchedule: Parse<string> = (text) =>
  text.trim().split(/\s+/).length === 6 ? value(text.trim()) : expected('six NCRONTAB fields, as in 0 */5 * * * *');
