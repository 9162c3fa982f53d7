import { randomUUID } from 'node:crypto';
import type { Settings } from '../config/settings.js';
import type { JobSchemas } from '../engine/jobSchemas.js';
import { createAzureBlobs } from '../state/azureBlobs.js';
import { createSchemaStore, schemaContainer } from '../state/schemaStore.js';
import { readFirstSchema } from './firstSchema.js';
import { createJobSchemas } from './jobSchemas.js';
import { connectStorage } from './storage.js';

/** The job's schemas in the storage account of the settings. Throws `SchemaFileError`, before anything is touched. */
export const openJobSchemas = async (settings: Settings): Promise<JobSchemas> => {
  const firstText = await readFirstSchema(settings.schemaFile);
  const connection = await connectStorage(settings);
  const blobs = createAzureBlobs({ connection, containerName: schemaContainer });
  const store = createSchemaStore({ blobs, jobId: settings.jobId, newId: randomUUID });
  return createJobSchemas(store, firstText, { rolePrecedence: settings.rolePrecedence });
};
