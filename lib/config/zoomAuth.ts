import type { EnvironmentReader } from './environment.js';
import { isLoopback, oneOf, type Parse, parseText, parseVaultUri, wholeNumber } from './parsers.js';
import type { ZoomAuthSetting } from './settings.js';

/** How the app gets its Zoom tokens, with what that way needs and nothing else. */
export const readZoomAuth = (env: EnvironmentReader): ZoomAuthSetting => {
  const kind = env.read('ZOOM_AUTH', oneOf('serverToServer', 'authorizationCode', 'bearer'), 'serverToServer');
  switch (kind) {
    case 'bearer':
      return { kind, token: env.readRequired('ZOOM_BEARER_TOKEN', parseText, '') };
    case 'serverToServer':
      return { kind, accountId: env.readRequired('ZOOM_ACCOUNT_ID', parseText, ''), ...readClient(env) };
    case 'authorizationCode': {
      const home = readHome(env);
      return { kind, ...readClient(env), publicUrl: home.url, keyVaultUri: readVault(env, home.isAzure) };
    }
  }
};

const readClient = (env: EnvironmentReader) => ({
  clientId: env.readRequired('ZOOM_CLIENT_ID', parseText, ''),
  clientSecret: env.readRequired('ZOOM_CLIENT_SECRET', parseText, ''),
});

const parseHostName: Parse<URL> = (text) => {
  const url = URL.parse(`https://${text}`);
  return url !== null && url.host === text.toLowerCase()
    ? { kind: 'value', value: url }
    : { kind: 'expected', expected: 'a host name as Azure sets it, as in app.azurewebsites.net' };
};

/** Where this app is reached. The Functions core tools set the name as well, to this machine. */
const readHome = (env: EnvironmentReader): { readonly url: string; readonly isAzure: boolean } => {
  const named = env.readOptional('WEBSITE_HOSTNAME', parseHostName);
  if (named !== null && !isLoopback(named)) return { url: named.origin, isAzure: true };
  if (named !== null) return { url: `http://${named.host}`, isAzure: false };
  const host = env.read('HOST', parseText, '127.0.0.1');
  const port = env.read('PORT', wholeNumber(0, 65_535), 7071);
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, isAzure: false };
};

/** In Azure the storage account is no place for a token that opens Zoom for months. */
const readVault = (env: EnvironmentReader, isAzure: boolean): string | null => {
  const uri = env.readOptional('KEY_VAULT_URI', parseVaultUri);
  if (isAzure && !env.has('KEY_VAULT_URI')) {
    env.fault('KEY_VAULT_URI', 'the address of a Key Vault, where the refresh token of ZOOM_AUTH lives', 'nothing');
  }
  return uri;
};
