import { createMemoryBlobs } from '../../lib/state/memoryBlobs.js';
import { describeSchemaStore } from './schemaStoreContract.js';

const blobs = createMemoryBlobs();
describeSchemaStore('in memory', () => blobs);
