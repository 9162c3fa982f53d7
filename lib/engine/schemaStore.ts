/** One saved schema without its text. */
export interface SchemaVersion {
  /** Counts from 1; a version is never written again. */
  readonly version: number;
  /** Object id of who saved it; null for the schema that was in force before anybody saved one. */
  readonly savedBy: string | null;
  readonly savedDateTime: string;
}

export interface SchemaDraft {
  /** The document as it was given, byte for byte. */
  readonly text: string;
  readonly savedBy: string | null;
  readonly savedDateTime: string;
}

/** `superseded`: another version than the expected one is in force, and nothing was saved. */
export type SchemaSaveResult =
  | { readonly kind: 'saved'; readonly saved: SchemaVersion }
  | { readonly kind: 'superseded'; readonly current: SchemaVersion | null };

/** The saved schemas of one job. Every version stays. Throws `FaultError` where storage does not answer. */
export interface SchemaStore {
  /** The version in force; null where none was saved yet. One read. */
  readCurrent(): Promise<SchemaVersion | null>;
  /** Newest first. */
  listVersions(): Promise<readonly SchemaVersion[]>;
  /** The text of a version; null where there is none of that number. */
  readText(version: number): Promise<string | null>;
  /**
   * Saves a schema as the next version, which is in force from then on. Of two that save at once both are kept, one
   * after the other. With `expected` (null: none was saved yet) it is saved only while that version is in force.
   */
  save(draft: SchemaDraft, expected?: number | null): Promise<SchemaSaveResult>;
}
