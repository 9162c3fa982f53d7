/** A blob's text and the ETag that a replacement must name. */
export interface StoredBlob {
  readonly text: string;
  readonly etag: string;
}

/**
 * One container of Blob Storage, as far as the state needs it. Throws `FaultError` where the service does not answer.
 */
export interface Blobs {
  /** Null where there is no such blob, or no container yet. */
  read(name: string): Promise<StoredBlob | null>;
  /**
   * Writes a blob that is still as `etag` says, or, with null, that is not there yet. False: it was not, and nothing was
   * written. The container is made with the first write.
   */
  write(name: string, text: string, etag: string | null): Promise<boolean>;
}
