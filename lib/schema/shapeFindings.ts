import type { z } from 'zod';
import { findNearestName } from '../expressions/nearestName.js';
import type { Findings } from './finding.js';

type PathPart = PropertyKey;

/** `synchronizationRules[0].objectMappings[1].enabled`; the document itself is `$`. */
export const toJsonPath = (parts: readonly PathPart[]): string =>
  parts
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || '$';

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

const valueAt = (json: unknown, parts: readonly PathPart[]): unknown =>
  parts.reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), json);

const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `"${value.slice(0, 100)}"`;
  if (Array.isArray(value)) return 'an array';
  return isRecord(value) ? 'an object' : String(value);
};

const expectedOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${String(issue.minimum)} or more`;
    default:
      return issue.message;
  }
};

/** Tells what of the document's shape is not that of a synchronizationSchema, with the nearest name of an enumeration. */
export const reportShape = (json: unknown, issues: readonly z.core.$ZodIssue[], findings: Findings): void => {
  for (const issue of issues) {
    const found = valueAt(json, issue.path);
    const expected = expectedOf(issue);
    const nearest =
      issue.code === 'invalid_value' && typeof found === 'string'
        ? findNearestName(found, issue.values.map(String))
        : null;
    findings.error(toJsonPath(issue.path), 'InvalidShape', `Found ${describe(found)}`, { expected, nearest });
  }
};
