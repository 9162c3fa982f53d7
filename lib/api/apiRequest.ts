/** One HTTP request as the API sees it, whatever carried it. */
export interface ApiRequest {
  readonly method: string;
  /** Absolute, with the query. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  /** Decoded; `$filter` and its like keep their dollar sign. */
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | null;
  /** The body as text. Throws `ApiError` 413 where it is longer than 1 MiB, of which no more is read. */
  readonly readText: () => Promise<string>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A body that is text already, sent to the letter in place of `body`. Its type stands in the headers. */
  readonly text?: string;
}
