import { z } from 'zod';

const attribute = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const expressionCase = z.object({
  id: z.string(),
  function: z.string(),
  expression: z.string(),
  attributes: z.record(z.string(), attribute),
  now: z.string().optional(),
  existingValues: z.array(z.string()).optional(),
  expected: z.json(),
  expectError: z.boolean().optional(),
  expectIgnored: z.boolean().optional(),
  source: z.string().optional(),
  note: z.string().optional(),
});

/** One case of a conformance file: an expression, its object, and what must come of it. */
export type ExpressionCase = z.infer<typeof expressionCase>;

/** Throws where the text is not a file of cases. */
export function parseExpressionCases(json: unknown): readonly ExpressionCase[] {
  return z.array(expressionCase).parse(json);
}
