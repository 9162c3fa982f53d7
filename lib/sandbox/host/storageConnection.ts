import type { TokenCredential } from '@azure/identity';
import { HostError } from './hostError.js';
import { readSetting, type Settings } from './settings.js';

/** How to reach a storage account: with a key, or with an identity. */
export type StorageConnection =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | { readonly kind: 'identity'; readonly name: string; readonly serviceUri: string };

export const defaultConnection = 'AzureWebJobsStorage';

/**
 * Resolves a binding's `connection` as the Functions host does: the setting `AzureWebJobs{name}` or `{name}` with a
 * connection string, or `{name}__queueServiceUri` / `{name}__accountName` for an identity. Throws `SettingMissing`.
 */
export function readStorageConnection(
  connection: string | undefined,
  settings: Settings,
  service: 'queue' | 'blob',
): StorageConnection {
  const wanted = connection === undefined || connection === '' ? defaultConnection : connection;
  for (const name of [`AzureWebJobs${wanted}`, wanted]) {
    const connectionString = readSetting(settings, name);
    if (connectionString) return { kind: 'connectionString', connectionString };
    const serviceUri = readSetting(settings, `${name}__${service}ServiceUri`);
    if (serviceUri) return { kind: 'identity', name, serviceUri };
    const accountName = readSetting(settings, `${name}__accountName`);
    if (accountName) {
      return { kind: 'identity', name, serviceUri: `https://${accountName}.${service}.core.windows.net` };
    }
  }
  throw new HostError(
    'SettingMissing',
    `The setting ${wanted} is not set: expected a storage connection string ("UseDevelopmentStorage=true" for Azurite), or ${wanted}__accountName with an identity.`,
  );
}

/** The identity that is signed in here, or the one that `{name}__clientId` names. The SDK is loaded now, not before. */
export function openCredential(name: string, settings: Settings): TokenCredential {
  const identity: typeof import('@azure/identity') = require('@azure/identity');
  const clientId = readSetting(settings, `${name}__clientId`);
  return new identity.DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
}
