/** Order and equality, as OData names them. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'contains' | 'startswith';

/** Instants are milliseconds since 1970, with a fraction where one was given. */
export type FilterValue = string | number | null;

/** A `$filter` whose members exist and whose values have the members' types. `member` is the path as documented. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | {
      readonly kind: 'compare';
      readonly comparison: Comparison;
      readonly member: string;
      readonly value: FilterValue;
    }
  | { readonly kind: 'call'; readonly name: TextFunction; readonly member: string; readonly value: string }
  /** The member is one of these; stands for a name that was looked up. */
  | { readonly kind: 'oneOf'; readonly member: string; readonly values: ReadonlySet<string> };

/** What a member holds and how it is read. An enumeration's values are compared in any case and shown as they are. */
export type Member<Row> =
  | { readonly type: 'text'; readonly read: (row: Row) => string | null }
  | { readonly type: 'enumeration'; readonly values: readonly string[]; readonly read: (row: Row) => string | null }
  | { readonly type: 'number'; readonly read: (row: Row) => number | null }
  /** Reads milliseconds since 1970. */
  | { readonly type: 'instant'; readonly read: (row: Row) => number | null }
  /** Compared with eq and ne alone, and looked up before any row is read; functions see what the row itself says. */
  | { readonly type: 'name'; readonly read: (row: Row) => string | null };

/** The members that a listing can be filtered by, under their paths. */
export type Members<Row> = Readonly<Record<string, Member<Row>>>;
