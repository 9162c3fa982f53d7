import { z } from 'zod';

const role = z.strictObject({ id: z.string(), displayName: z.string(), value: z.string().nullable() });
const attribute = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.array(role).nonempty(),
]);

const expressionCase = z
  .object({
    id: z.string(),
    function: z.string(),
    expression: z.string(),
    attributes: z.record(z.string(), attribute),
    now: z.iso.datetime({ offset: true }).optional(),
    existingValues: z.array(z.string()).optional(),
    expected: z.json().optional(),
    expectError: z.boolean().optional(),
    expectIgnored: z.boolean().optional(),
    source: z.string().optional(),
    note: z.string().optional(),
  })
  .refine(({ expected, expectError, expectIgnored }) => expectError || expectIgnored || expected !== undefined, {
    error: 'needs expected, expectError or expectIgnored',
  });

/** One case of a conformance file: an expression, its object, and what must come of it. */
export type ExpressionCase = z.infer<typeof expressionCase>;

/** Throws `ZodError` where the value is not an array of cases. */
export function parseExpressionCases(json: unknown): readonly ExpressionCase[] {
  return z.array(expressionCase).parse(json);
}
