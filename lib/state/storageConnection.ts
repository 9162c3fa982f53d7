import type { TokenCredential } from '@azure/identity';

/** How the storage account is reached: by a connection string (the emulator's too), or by name and identity. */
export type StorageConnection =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly accountName: string;
      readonly credential: TokenCredential;
      /** `core.windows.net` unless the cloud is a sovereign one. */
      readonly endpointSuffix?: string;
    };

/** `https://{account}.{service}.{suffix}` of a connection by identity. */
export const endpointOf = (
  connection: Extract<StorageConnection, { kind: 'identity' }>,
  service: 'table' | 'queue' | 'blob',
): string => `https://${connection.accountName}.${service}.${connection.endpointSuffix ?? 'core.windows.net'}`;

/** Whether the connection string speaks plain http, as the emulator does. */
export const isInsecure = (connectionString: string): boolean =>
  /http:\/\/|DefaultEndpointsProtocol=http\s*(;|$)|UseDevelopmentStorage=true/i.test(connectionString);
