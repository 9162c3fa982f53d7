import { InvalidEndpointError } from './invalidEndpointError.js';

/** True for `localhost`, 127.0.0.0/8 and `[::1]`: names and addresses that never leave the machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

/**
 * Parses a configured endpoint: https, or http on loopback; no user name, query or fragment.
 * Throws `InvalidEndpointError`.
 */
export const parseEndpoint = (text: string): URL => {
  if (!URL.canParse(text)) {
    throw new InvalidEndpointError('An endpoint must be an absolute URL such as https://graph.microsoft.com.');
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new InvalidEndpointError(`${url.protocol}//${url.host}: an endpoint must be https; http only on loopback.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new InvalidEndpointError(`${url.origin}: an endpoint has no credentials, query or fragment.`);
  }
  return url;
};
