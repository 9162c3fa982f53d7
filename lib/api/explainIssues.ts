import type { z } from 'zod';
import { ApiError, type ErrorDetail } from './apiError.js';

type Issue = z.core.$ZodIssue;

/** `value[0].key`: the place of a member as one would write it in code. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    return place === '' ? String(step) : `${place}.${String(step)}`;
  }, '');

const detailsOf = (issue: Issue): readonly ErrorDetail[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => detailAt([...issue.path, key], 'not known here'));
  }
  return [detailAt(issue.path, issue.message)];
};

const detailAt = (path: readonly PropertyKey[], said: string): ErrorDetail => {
  const place = placeOf(path);
  return { code: 'BadRequest', message: `${place || 'The body'}: ${said}.`, ...(place ? { target: place } : {}) };
};

/** 400 for input that does not fit: names the first field as target, and every one in `details`. */
export const explainIssues = (issues: readonly Issue[]): ApiError => {
  const details = issues.flatMap(detailsOf);
  const [first] = details;
  return new ApiError(400, 'BadRequest', first?.message ?? 'The request is not understood.', first?.target ?? null, {
    details,
  });
};
