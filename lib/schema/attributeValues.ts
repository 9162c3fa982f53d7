import { z } from 'zod';

const appRole = z.object({
  id: z.string().default(''),
  displayName: z.string(),
  value: z.string().nullable().default(null),
});

/** A source attribute's value as a person or a client writes it in JSON. */
export const attributeValueShape = z.union(
  [z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()), z.array(appRole)],
  'expected a text, a number, true, false, null, a list of texts or a list of app roles',
);

/** A source object's attributes by name. */
export const attributesShape = z.record(z.string(), attributeValueShape);
