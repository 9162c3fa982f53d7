/** What every failure of a request has: a code to branch on, and which request it was (never its query, headers or body). */
export abstract class HttpError extends Error {
  abstract readonly code: string;

  constructor(
    readonly method: string,
    /** Origin and path. */
    readonly target: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${method} ${target}: ${reason}`, options);
  }
}

/** Origin and path of a URL: what an error or a log may name of it. */
export const nameTarget = (url: URL): string => `${url.origin}${url.pathname}`;
