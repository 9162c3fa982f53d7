import type { EnvironmentReader } from './environment.js';
import { readHome } from './home.js';
import { oneOf, parseText, parseVaultUri } from './parsers.js';
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

/** In Azure the storage account is no place for a token that opens Zoom for months. */
const readVault = (env: EnvironmentReader, isAzure: boolean): string | null => {
  const uri = env.readOptional('KEY_VAULT_URI', parseVaultUri);
  if (isAzure && !env.has('KEY_VAULT_URI')) {
    env.fault('KEY_VAULT_URI', 'the address of a Key Vault, where the refresh token of ZOOM_AUTH lives', 'nothing');
  }
  return uri;
};
