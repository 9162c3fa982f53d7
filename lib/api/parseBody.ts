import type { z } from 'zod';
import { ApiError } from './apiError.js';
import type { ApiRequest } from './apiRequest.js';

const longestBody = 1024 * 1024;

/** The parsed JSON body; an empty one counts as `{}`. Throws `ApiError` 400 naming the field. */
export const parseBody = async <T>(request: ApiRequest, shape: z.ZodType<T>): Promise<T> => {
  const text = await request.readText();
  if (text.length > longestBody) throw new ApiError(413, 'RequestTooLarge', 'The body is longer than 1 MiB.');
  const parsed = shape.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new ApiError(
    400,
    'BadRequest',
    `${field || 'The body'}: ${issue?.message ?? 'not understood'}.`,
    field || null,
  );
};

const readJson = (text: string): unknown => {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'BadRequest', 'The body is no JSON.');
  }
};
