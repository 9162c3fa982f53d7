import { badRequest, type GraphError } from './errors.js';

/** OData system options of one request, by name; `others` are the options without a dollar sign. */
export interface QueryOptions {
  readonly system: ReadonlyMap<string, string>;
  readonly others: ReadonlyMap<string, string>;
  /** The query as it came, with the question mark; empty where there is none. */
  readonly raw: string;
  /** The 400 for an option that is unknown or given twice. */
  readonly problem: GraphError | null;
}

const known = new Set([
  '$select',
  '$filter',
  '$expand',
  '$top',
  '$skip',
  '$orderby',
  '$search',
  '$count',
  '$skiptoken',
  '$deltatoken',
]);

export const parseQuery = (raw: string): QueryOptions => {
  const system = new Map<string, string>();
  const others = new Map<string, string>();
  let problem: GraphError | null = null;
  for (const [name, value] of new URLSearchParams(raw)) {
    const options = name.startsWith('$') ? system : others;
    if (name.startsWith('$') && !known.has(name)) {
      problem ??= badRequest(`The query parameter '${name}' is not supported.`);
    }
    if (options.has(name)) {
      problem ??= badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
    options.set(name, value);
  }
  return { system, others, raw, problem };
};

/** Throws the 400 for the first system option that is not among `allowed`. */
export const allowOptions = (query: QueryOptions, allowed: readonly string[], where: string): void => {
  for (const name of query.system.keys()) {
    if (!allowed.includes(name)) {
      throw badRequest(`The query option '${name}' is not supported for ${where}.`);
    }
  }
};
