import type { ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import type { Settings } from './settings.js';
import { defaultConnection, openCredential, readStorageConnection } from './storageConnection.js';
import type { ScheduleMonitor, TimerStatus } from './timerStatus.js';

const statusShape = z.object({
  Last: z.iso.datetime({ offset: true }).nullable(),
  Next: z.iso.datetime({ offset: true }).nullable(),
  LastUpdated: z.iso.datetime({ offset: true }),
});

const containerName = 'azure-webjobs-hosts';

/**
 * Keeps timer statuses where the Functions host does, as blobs `timers/{host}/{function}/status`, so that a run that
 * was missed while no host was up is made up. The SDK is loaded on first use.
 */
export function createBlobMonitor(hostId: string, settings: Settings): ScheduleMonitor {
  let opened: Promise<ContainerClient> | undefined;
  const blobOf = async (functionName: string) => {
    opened ??= openContainer(settings);
    return (await opened).getBlockBlobClient(`timers/${hostId}/${functionName}/status`);
  };
  return {
    async read(functionName) {
      const blob = await blobOf(functionName);
      if (!(await blob.exists())) return null;
      return parseStatus(await blob.downloadToBuffer());
    },
    async write(functionName, status) {
      const blob = await blobOf(functionName);
      const text = JSON.stringify({
        Last: toIso(status.lastMs),
        Next: toIso(status.nextMs),
        LastUpdated: toIso(status.lastUpdatedMs),
      });
      await blob.upload(text, Buffer.byteLength(text));
    },
  };
}

async function openContainer(settings: Settings): Promise<ContainerClient> {
  const account = readStorageConnection(defaultConnection, settings, 'blob');
  const { BlobServiceClient }: typeof import('@azure/storage-blob') = require('@azure/storage-blob');
  const service =
    account.kind === 'connectionString'
      ? BlobServiceClient.fromConnectionString(account.connectionString)
      : new BlobServiceClient(account.serviceUri, openCredential(account.name, settings));
  const container = service.getContainerClient(containerName);
  await container.createIfNotExists();
  return container;
}

const toIso = (timeMs: number | null): string | null => (timeMs === null ? null : new Date(timeMs).toISOString());
const toMs = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

/** A status that cannot be read counts as none: the timer is planned anew, as after a changed schedule. */
function parseStatus(bytes: Buffer): TimerStatus | null {
  const result = statusShape.safeParse(parseJson(bytes.toString('utf8')));
  if (!result.success) return null;
  const { Last, Next, LastUpdated } = result.data;
  return { lastMs: toMs(Last), nextMs: toMs(Next), lastUpdatedMs: Date.parse(LastUpdated) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
