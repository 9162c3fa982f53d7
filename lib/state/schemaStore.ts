import { z } from 'zod';
import type { SchemaSaveResult, SchemaStore, SchemaVersion } from '../engine/schemaStore.js';
import type { Blobs } from './blobs.js';
import { rowContended, rowUnreadable } from './faults.js';

export const schemaContainer = 'provisioning-schemas';

export interface SchemaStoreOptions {
  readonly blobs: Blobs;
  readonly jobId: string;
  /** Names a document's blob; never the same twice. */
  readonly newId: () => string;
}

const indexShape = z.strictObject({
  /** Newest first; the first is in force. */
  versions: z.array(
    z.strictObject({
      version: z.int().min(1),
      savedBy: z.string().nullable(),
      savedDateTime: z.string(),
      blob: z.string(),
    }),
  ),
});

type Entry = z.infer<typeof indexShape>['versions'][number];

interface Index {
  readonly versions: readonly Entry[];
  /** Null: there is no index yet. */
  readonly etag: string | null;
}

const attempts = 10;

const toVersion = ({ version, savedBy, savedDateTime }: Entry): SchemaVersion => ({ version, savedBy, savedDateTime });

/**
 * A job's schemas: one blob a version, and a small index that points at them. A document is written first, under a name
 * of its own, and counts as saved once the index, replaced under its ETag, names it.
 */
export const createSchemaStore = ({ blobs, jobId, newId }: SchemaStoreOptions): SchemaStore => {
  const indexName = `${jobId}/index.json`;

  const readIndex = async (): Promise<Index> => {
    const blob = await blobs.read(indexName);
    return blob === null
      ? { versions: [], etag: null }
      : { versions: parseIndex(blob.text, indexName), etag: blob.etag };
  };

  const commit = async (entry: Omit<Entry, 'version'>, expected?: number | null): Promise<SchemaSaveResult> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { versions, etag } = await readIndex();
      const [current] = versions;
      // An attempt whose answer was lost had been carried out.
      const saved = versions.find(({ blob }) => blob === entry.blob);
      if (saved) return { kind: 'saved', saved: toVersion(saved) };
      if (expected !== undefined && (current?.version ?? null) !== expected) {
        return { kind: 'superseded', current: current ? toVersion(current) : null };
      }
      const added: Entry = { version: (current?.version ?? 0) + 1, ...entry };
      if (await blobs.write(indexName, JSON.stringify({ versions: [added, ...versions] }), etag)) {
        return { kind: 'saved', saved: toVersion(added) };
      }
    }
    throw rowContended(schemaContainer, indexName);
  };

  return {
    readCurrent: async () => {
      const [current] = (await readIndex()).versions;
      return current ? toVersion(current) : null;
    },
    listVersions: async () => (await readIndex()).versions.map(toVersion),
    readText: async (version) => {
      const entry = (await readIndex()).versions.find((one) => one.version === version);
      if (!entry) return null;
      const blob = await blobs.read(entry.blob);
      if (blob === null) throw rowUnreadable(schemaContainer, entry.blob, 'text', 'the blob of a version is gone.');
      return blob.text;
    },
    save: async ({ text, savedBy, savedDateTime }, expected) => {
      const blob = `${jobId}/${newId()}.json`;
      await blobs.write(blob, text, null);
      return commit({ savedBy, savedDateTime, blob }, expected);
    },
  };
};

const parseIndex = (text: string, name: string): readonly Entry[] => {
  const parsed = indexShape.safeParse(readJson(text));
  if (parsed.success) return parsed.data.versions;
  const [issue] = parsed.error.issues;
  throw rowUnreadable(schemaContainer, name, issue?.path.join('.') ?? '', issue?.message ?? 'not understood');
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by its shape, with the blob's name
  }
};
