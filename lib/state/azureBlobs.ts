import { BlobServiceClient, type ContainerClient, RestError, type StoragePipelineOptions } from '@azure/storage-blob';
import type { Blobs } from './blobs.js';
import { stateUnavailable } from './faults.js';
import { endpointOf, type StorageConnection } from './storageConnection.js';

export interface AzureBlobsOptions {
  readonly connection: StorageConnection;
  /** 3 to 63 lower-case letters, digits and single hyphens (Azure, naming containers). */
  readonly containerName: string;
}

const patience: NonNullable<StoragePipelineOptions['retryOptions']> = {
  maxTries: 5,
  retryDelayInMs: 300,
  maxRetryDelayInMs: 5_000,
  tryTimeoutInMs: 20_000,
};

const openContainer = ({ connection, containerName }: AzureBlobsOptions): ContainerClient => {
  const options: StoragePipelineOptions = { retryOptions: patience };
  const service =
    connection.kind === 'connectionString'
      ? BlobServiceClient.fromConnectionString(connection.connectionString, options)
      : new BlobServiceClient(endpointOf(connection, 'blob'), connection.credential, options);
  return service.getContainerClient(containerName);
};

const codeOf = (error: unknown): string | null => (error instanceof RestError ? (error.code ?? null) : null);
const statusOf = (error: unknown): number | null => (error instanceof RestError ? (error.statusCode ?? null) : null);

/** The blob is there although it should not be, or is another than it should be. */
const isConflict = (error: unknown): boolean => statusOf(error) === 412 || codeOf(error) === 'BlobAlreadyExists';

/** One container over @azure/storage-blob. */
export const createAzureBlobs = (options: AzureBlobsOptions): Blobs => {
  const container = openContainer(options);
  const toFault = (operation: 'read' | 'write', name: string, error: unknown) => {
    const answer = statusOf(error) === null ? 'no answer' : `status ${statusOf(error)}`;
    const what = `Blob ${options.containerName}/${name}: ${operation} got ${answer} (${codeOf(error) ?? 'no code'}).`;
    return stateUnavailable(what, error, operation === 'write');
  };
  const upload = async (name: string, text: string, etag: string | null): Promise<boolean> => {
    const bytes = Buffer.from(text, 'utf8');
    try {
      await container.getBlockBlobClient(name).upload(bytes, bytes.length, {
        conditions: etag === null ? { ifNoneMatch: '*' } : { ifMatch: etag },
        blobHTTPHeaders: { blobContentType: 'application/json; charset=utf-8' },
      });
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  };
  return {
    read: async (name) => {
      try {
        const answer = await container.getBlobClient(name).download();
        const chunks: Buffer[] = [];
        for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
        return { text: Buffer.concat(chunks).toString('utf8'), etag: answer.etag ?? '' };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw toFault('read', name, error);
      }
    },
    write: async (name, text, etag) => {
      try {
        return await upload(name, text, etag);
      } catch (error) {
        if (codeOf(error) !== 'ContainerNotFound') throw toFault('write', name, error);
      }
      try {
        await container.createIfNotExists();
        return await upload(name, text, etag);
      } catch (error) {
        throw toFault('write', name, error);
      }
    },
  };
};
