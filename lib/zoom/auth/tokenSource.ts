/** Where access tokens come from. Each way to authorise implements it. */
export interface TokenSource {
  /** A token that is good for a minute at least. Throws `FaultError` where none is to be had, or the signal's reason. */
  getToken(signal: AbortSignal): Promise<string>;
  /** This token was refused: it is not given out again. */
  invalidate(token: string): void;
  /** Whether the token was taken over from another process instead of asked of Zoom: it may have ended as well. */
  isTakenOver?(token: string): boolean;
}
