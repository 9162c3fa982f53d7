/** One write at a time for each key. */
export class WriteLocks {
  private readonly held = new Set<string>();

  /** The way to let go of it, or null where another write is under way. */
  take(key: string): (() => void) | null {
    if (this.held.has(key)) return null;
    this.held.add(key);
    return () => {
      this.held.delete(key);
    };
  }
}
