import type { ApiRequest } from '../../lib/api/apiRequest.js';

const origin = 'http://127.0.0.1:7071';

/** A GET of a path under `/api`, or of a link that an answer gave, as a door hands it on. */
export const getRequest = (pathOrLink: string, query: Readonly<Record<string, string>> = {}): ApiRequest => {
  const url = new URL(pathOrLink, `${origin}/api/`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return {
    method: 'GET',
    url: url.href,
    params: {},
    query: url.searchParams,
    header: () => null,
    readText: async () => '',
  };
};
