import { createJobSchemas } from '../../lib/compose/jobSchemas.js';
import type { JobSchemas } from '../../lib/engine/jobSchemas.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import type { SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';
import { createMemoryBlobs } from '../../lib/state/memoryBlobs.js';
import { createSchemaStore } from '../../lib/state/schemaStore.js';
import { jobId } from './surroundings.js';

/** The job's schemas over a container in memory; `first` is the deployment's own. */
export const createMemorySchemas = (first: SynchronizationSchema = builtInZoomSchema): JobSchemas => {
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `document-${ids}`;
  };
  const store = createSchemaStore({ blobs: createMemoryBlobs(), jobId, newId });
  return createJobSchemas(store, JSON.stringify(first, null, 2));
};
