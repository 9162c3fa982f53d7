/** Who let removals go ahead, and when. */
export interface Release {
  /** Object id in the caller's token. */
  readonly by: string;
  readonly at: string;
}
