import { UsageError } from './tools.js';

/** Where the service is, and who asks. */
export interface Connection {
  /** Without a slash at the end: `https://APP.azurewebsites.net/api`. */
  readonly root: string;
  /** Null where neither an option, the environment nor the address tells it. */
  readonly servicePrincipalId: string | null;
  /** Null: the only job of the service principal. */
  readonly jobId: string | null;
  readonly token: string | null;
}

export interface ConnectionOptions {
  readonly url: string | null;
  readonly servicePrincipal: string | null;
  readonly token: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const localUrl = 'http://127.0.0.1:7071';
const jobPath = /^(.*)\/servicePrincipals\/([^/]+)\/synchronization(?:\/jobs(?:\/([^/]+))?)?$/i;
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * From options, else the environment, else the local host's own address. An address may be the app's, with or without
 * `/api`, or that of its job. Throws `UsageError` for one that a token must not go to.
 */
export const readConnection = (options: ConnectionOptions, environment: Environment): Connection => {
  const url = parseUrl(options.url ?? setting(environment, 'SYNC_URL') ?? localUrl);
  const path = url.pathname.replace(/\/+$/, '');
  const [, prefix = path, servicePrincipalId = null, jobId = null] = jobPath.exec(path) ?? [];
  return {
    root: `${url.origin}${prefix === '' ? '/api' : prefix}`,
    servicePrincipalId:
      options.servicePrincipal ?? decode(servicePrincipalId) ?? setting(environment, 'ENTRA_SERVICE_PRINCIPAL_ID'),
    jobId: decode(jobId),
    token: readToken(options.token ?? setting(environment, 'SYNC_TOKEN')),
  };
};

const setting = (environment: Environment, name: string): string | null => environment[name] || null;

const decode = (part: string | null): string | null => part && decodeURIComponent(part);

const parseUrl = (text: string): URL => {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is no address; expected https://APP.azurewebsites.net.`);
  const url = new URL(text);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))) return url;
  throw new UsageError(`${url.origin} is not used: a token goes over https, or over http on this machine alone.`);
};

/** What a header cannot carry is refused here, without being repeated. */
const readToken = (text: string | null): string | null => {
  const token = text?.trim().replace(/^Bearer /i, '') ?? null;
  if (token === null || /^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError('The token has characters that no token has; check SYNC_TOKEN or --token.');
};
