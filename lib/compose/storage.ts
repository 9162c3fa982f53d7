import type { Settings } from '../config/settings.js';
import type { StorageConnection } from '../state/storageConnection.js';

/** `@azure/identity` is loaded only where no connection string is given. */
export const connectStorage = async ({ storage }: Settings): Promise<StorageConnection> => {
  if (storage.kind === 'connectionString') return storage;
  const { DefaultAzureCredential } = await import('@azure/identity');
  return { ...storage, credential: new DefaultAzureCredential() };
};
