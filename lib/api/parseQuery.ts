import { z } from 'zod';
import type { ApiRequest } from './apiRequest.js';
import { explainIssues } from './explainIssues.js';

/** The query's parameters by name, parsed. Throws `ApiError` 400 naming every parameter that does not fit. */
export const parseQuery = <T>(request: ApiRequest, shape: z.ZodType<T>): T => {
  const parsed = shape.safeParse(Object.fromEntries(request.query));
  if (parsed.success) return parsed.data;
  throw explainIssues(parsed.error.issues);
};

const nothing = z.strictObject({});

/** For a route that has no parameters: one that is given was meant to do something, and does not. */
export const refuseQuery = (request: ApiRequest): void => {
  parseQuery(request, nothing);
};
