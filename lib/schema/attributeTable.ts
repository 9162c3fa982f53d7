import type { AttributeDefinition, AttributeType } from './synchronizationSchema.js';

/** What sets an attribute apart from a plain, single, optional text that ignores case. */
export type AttributeTraits = Partial<
  Pick<AttributeDefinition, 'anchor' | 'caseExact' | 'multivalued' | 'mutability' | 'required' | 'referencedObjects'>
>;

/** An attribute definition with every member that Graph writes. */
export const defineAttribute = (
  name: string,
  type: AttributeType = 'String',
  traits: AttributeTraits = {},
): AttributeDefinition => ({
  anchor: false,
  caseExact: false,
  defaultValue: null,
  flowNullValues: false,
  multivalued: false,
  mutability: 'ReadWrite',
  name,
  required: false,
  type,
  apiExpressions: [],
  metadata: [],
  referencedObjects: [],
  ...traits,
});
