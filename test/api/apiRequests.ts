import type { ApiRequest } from '../../lib/api/apiRequest.js';

export interface RequestParts {
  readonly method?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** A request as a door hands it on. */
export const requestOf = ({
  method = 'POST',
  params = {},
  query = '',
  headers = {},
  body,
}: RequestParts = {}): ApiRequest => ({
  method,
  url: `https://sync.example/api${query === '' ? '' : `?${query}`}`,
  params,
  query: new URLSearchParams(query),
  header: (name) => headers[name.toLowerCase()] ?? null,
  readText: async () => (body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
});
