/** An error answer of Graph. `headers` are added to the answer's. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message);

export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message);

export const notImplemented = (message: string): GraphError => new GraphError(501, 'NotImplemented', message);

/** The answer for what is absent, soft-deleted or not replicated yet; the three look alike. */
export const resourceNotFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const unknownSegment = (segment: string): GraphError =>
  new GraphError(404, 'BadRequest', `Resource not found for the segment '${segment}'.`);

export const syncStateNotFound = (): GraphError =>
  new GraphError(400, 'syncStateNotFound', 'The sync state generation is not found; start the enumeration anew.');

export const malformedToken = (): GraphError => badRequest("Badly formed token in the '$deltatoken' or '$skiptoken'.");
