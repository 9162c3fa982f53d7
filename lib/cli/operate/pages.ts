import { z } from 'zod';
import { type ApiClient, parseAnswer } from './apiClient.js';

export interface Listing {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** No more entries than this. */
  readonly most: number;
}

/**
 * A list's entries page by page, each as `shape` says; a page may be empty. Only the query of a link to the next page is
 * followed, below the same address.
 */
export async function* readPages<Shape extends z.ZodType>(
  api: ApiClient,
  { path, query = {}, most }: Listing,
  shape: Shape,
): AsyncGenerator<readonly z.output<Shape>[]> {
  const pageShape = z.object({ value: z.array(shape), '@odata.nextLink': z.string().optional() });
  let left = most;
  let next: Readonly<Record<string, string>> | null = query;
  while (next !== null && left > 0) {
    const page: z.output<typeof pageShape> = parseAnswer(await api.call('GET', path, { query: next }), pageShape);
    const found = page.value.slice(0, left);
    left -= found.length;
    yield found;
    const link = page['@odata.nextLink'];
    next = link === undefined ? null : queryOfLink(link);
  }
}

/** The query of a link, which may be relative. */
export const queryOfLink = (link: string): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(link, 'http://localhost').searchParams);
