import type { Blobs, StoredBlob } from './blobs.js';

/** A container in memory, with the conditions of the real one. */
export const createMemoryBlobs = (): Blobs => {
  const blobs = new Map<string, StoredBlob>();
  let writes = 0;
  return {
    read: async (name) => blobs.get(name) ?? null,
    write: async (name, text, etag) => {
      if ((blobs.get(name)?.etag ?? null) !== etag) return false;
      writes += 1;
      blobs.set(name, { text, etag: `"${writes}"` });
      return true;
    },
  };
};
