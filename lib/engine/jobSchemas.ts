import type { CompiledMapping } from '../mapping/compiled.js';
import type { SynchronizationSchema } from '../schema/synchronizationSchema.js';
import type { SchemaDraft, SchemaSaveResult, SchemaStore, SchemaVersion } from './schemaStore.js';

/** The document in force. */
export interface SchemaInForce {
  /** Null: nobody saved one yet, so the deployment's own is in force. */
  readonly version: SchemaVersion | null;
  /** The document as it was given. */
  readonly text: string;
}

/** The schema in force, read and compiled. */
export interface CurrentSchema extends SchemaInForce {
  readonly schema: SynchronizationSchema;
  /** How users are mapped. */
  readonly mapping: CompiledMapping;
  /** How groups are mapped; null where they are not. */
  readonly groupMapping: CompiledMapping | null;
}

/** A job's schemas: the deployment's own at first, then what was saved last. */
export interface JobSchemas extends Pick<SchemaStore, 'listVersions' | 'readText'> {
  /** The document alone, also where it cannot be compiled. */
  readInForce(): Promise<SchemaInForce>;
  /** Compiled once a version; one read where it is known already. */
  current(): Promise<CurrentSchema>;
  /** Whether the schema in force is no longer the one that `mapping` was made from. */
  isSuperseded(mapping: CompiledMapping): Promise<boolean>;
  /**
   * Saves a schema that is valid. The first save keeps the deployment's own as version 1, so that it can be brought
   * back. `expected` as for `SchemaStore.save`.
   */
  save(draft: SchemaDraft, expected?: number | null): Promise<SchemaSaveResult>;
}
