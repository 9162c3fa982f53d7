import type { AttributeType } from './synchronizationSchema.js';

export type FilterOperatorKind =
  | 'equals'
  | 'notEquals'
  | 'isTrue'
  | 'isFalse'
  | 'isNull'
  | 'isNotNull'
  | 'regexMatch'
  | 'notRegexMatch'
  | 'greaterThan'
  | 'greaterThanOrEquals'
  | 'includes'
  | 'endsWith'
  | 'occursIn'
  | 'notOccursIn'
  | 'isMemberOf';

/** A scoping operator in the shape of Graph's `filterOperatorSchema`. */
export interface FilterOperator {
  readonly kind: FilterOperatorKind;
  readonly name: string;
  readonly arity: 'Unary' | 'Binary';
  /** For attributes with several values: whether all must fit or any. */
  readonly multivaluedComparisonType: 'All' | 'Any';
  readonly supportedAttributeTypes: readonly AttributeType[];
}

const texts: readonly AttributeType[] = ['String', 'Reference', 'Binary'];
const every: readonly AttributeType[] = ['String', 'Integer', 'Reference', 'Binary', 'Boolean', 'DateTime'];

const operator = (
  kind: FilterOperatorKind,
  name: string,
  arity: FilterOperator['arity'],
  multivaluedComparisonType: FilterOperator['multivaluedComparisonType'],
  supportedAttributeTypes: readonly AttributeType[],
): FilterOperator => ({ kind, name, arity, multivaluedComparisonType, supportedAttributeTypes });

/** Entra's scoping operators, and `IsMemberOf`, which Entra lists without supporting it. */
export const filterOperators: readonly FilterOperator[] = [
  operator('equals', 'EQUALS', 'Binary', 'Any', every),
  operator('notEquals', 'NOT EQUALS', 'Binary', 'All', every),
  operator('isTrue', 'IS TRUE', 'Unary', 'Any', ['Boolean', 'String']),
  operator('isFalse', 'IS FALSE', 'Unary', 'All', ['Boolean', 'String']),
  operator('isNull', 'IS NULL', 'Unary', 'All', every),
  operator('isNotNull', 'IS NOT NULL', 'Unary', 'Any', every),
  operator('regexMatch', 'REGEX MATCH', 'Binary', 'Any', texts),
  operator('notRegexMatch', 'NOT REGEX MATCH', 'Binary', 'All', texts),
  operator('greaterThan', 'Greater_Than', 'Binary', 'Any', ['Integer', 'String', 'DateTime']),
  operator('greaterThanOrEquals', 'Greater_Than_OR_EQUALS', 'Binary', 'Any', ['Integer', 'String', 'DateTime']),
  operator('includes', 'Includes', 'Binary', 'Any', texts),
  operator('endsWith', 'ENDS_WITH', 'Binary', 'Any', texts),
  operator('occursIn', '&', 'Binary', 'Any', texts),
  operator('notOccursIn', '!&', 'Binary', 'All', texts),
  operator('isMemberOf', 'IsMemberOf', 'Binary', 'Any', ['Reference']),
];

/** The source attribute that `IsMemberOf` reads: the ids of the groups that the object is a direct member of. */
export const membershipAttribute = 'memberOf';

const normalize = (name: string): string =>
  name
    .trim()
    .replace(/[\s_]+/g, ' ')
    .toUpperCase();
const byName = new Map(filterOperators.map((one) => [normalize(one.name), one]));

/** The operator of that name; case, and blanks for underscores, make no difference (documents and exports differ). */
export const findFilterOperator = (name: string): FilterOperator | undefined => byName.get(normalize(name));
