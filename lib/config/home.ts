import type { EnvironmentReader } from './environment.js';
import { isLoopback, type Parse, parseText, wholeNumber } from './parsers.js';

const parseHostName: Parse<URL> = (text) => {
  const url = URL.parse(`https://${text}`);
  return url !== null && url.host === text.toLowerCase()
    ? { kind: 'value', value: url }
    : { kind: 'expected', expected: 'a host name as Azure sets it, as in app.azurewebsites.net' };
};

/** Where this app is reached. The Functions core tools set the name as well, to this machine. */
export const readHome = (env: EnvironmentReader): { readonly url: string; readonly isAzure: boolean } => {
  const named = env.readOptional('WEBSITE_HOSTNAME', parseHostName);
  if (named !== null && !isLoopback(named)) return { url: named.origin, isAzure: true };
  if (named !== null) return { url: `http://${named.host}`, isAzure: false };
  const host = env.read('HOST', parseText, '127.0.0.1');
  const port = env.read('PORT', wholeNumber(0, 65_535), 7071);
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, isAzure: false };
};
