import type { z } from 'zod';
import { ApiError } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';
import { explainIssues } from './explainIssues.js';

/** The parsed JSON body; an empty one counts as `{}`. Throws `ApiError` 400 naming every field that does not fit. */
export const parseBody = async <T>(request: ApiRequest, shape: z.ZodType<T>): Promise<T> => {
  const parsed = shape.safeParse(readJson(await request.readText()));
  if (parsed.success) return parsed.data;
  throw explainIssues(parsed.error.issues);
};

const readJson = (text: string): unknown => {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'BadRequest', 'The body is no JSON.');
  }
};
