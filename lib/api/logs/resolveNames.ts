import type { NameKind } from '../../engine/logReading.js';
import { redactedValue } from '../../engine/model.js';
import type { RecordStore } from '../../engine/state.js';
import type { Filter } from './filter.js';
import { filterFault } from './filterFault.js';

type Names = Pick<RecordStore, 'findSourceIds'>;
type Compare = Extract<Filter, { kind: 'compare' }>;

const mostLookedUp = 20;
/** A name that more objects have or had is no question about a person. */
const mostMeant = 100;

/** A name that stands for whoever was known by it, and names that only say where to look. */
const nameMembers = new Set(['sourceIdentity/details/userPrincipalName', 'sourceIdentity/details/mail']);
const indexedMembers: ReadonlyMap<string, NameKind> = new Map([
  ['sourceIdentity/displayName', 'displayName'],
  ['targetIdentity/id', 'targetId'],
]);

/**
 * Puts the source ids of whoever is known by a name in the place of that name, so that the log is read by object. Throws
 * `ApiError` 400 for a name that too many objects are known by.
 */
export const resolveNames = async (filter: Filter, records: Names): Promise<Filter> => {
  const asked = namesIn(filter);
  if (asked.length === 0) return filter;
  if (asked.length > mostLookedUp) throw filterFault(`asks for ${asked.length} names, at most ${mostLookedUp}.`);
  const found = new Map(
    await Promise.all(asked.map(async (compare) => [compare, await lookUp(compare, records)] as const)),
  );
  return replaceNames(filter, found);
};

const kindOf = ({ member, comparison, value }: Compare): NameKind | null => {
  if (nameMembers.has(member)) return 'name';
  // Nobody is known by an empty name, nor by the word that stands for one.
  if (comparison !== 'eq' || value === '' || value === redactedValue) return null;
  return indexedMembers.get(member) ?? null;
};

const namesIn = (filter: Filter): readonly Compare[] => {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(namesIn);
    case 'not':
      return namesIn(filter.operand);
    case 'compare':
      return kindOf(filter) && typeof filter.value === 'string' ? [filter] : [];
    case 'call':
    case 'oneOf':
      return [];
  }
};

/** Null: of so many objects no question can be made, and the member alone decides. */
const lookUp = async (compare: Compare, records: Names): Promise<ReadonlySet<string> | null> => {
  const kind = kindOf(compare) ?? 'name';
  const ids = new Set(await records.findSourceIds(String(compare.value), kind));
  if (ids.size <= mostMeant) return ids;
  if (kind !== 'name') return null;
  throw filterFault(`too many objects are known by this ${compare.member}; ask by sourceIdentity/id.`, compare.member);
};

const replaceNames = (filter: Filter, found: ReadonlyMap<Filter, ReadonlySet<string> | null>): Filter => {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map((operand) => replaceNames(operand, found)) };
    case 'not':
      return { ...filter, operand: replaceNames(filter.operand, found) };
    case 'compare': {
      const values = found.get(filter);
      if (!values) return filter;
      const isOneOf: Filter = { kind: 'oneOf', member: 'sourceIdentity/id', values };
      if (!nameMembers.has(filter.member)) return { kind: 'and', operands: [isOneOf, filter] };
      return filter.comparison === 'ne' ? { kind: 'not', operand: isOneOf } : isOneOf;
    }
    case 'call':
    case 'oneOf':
      return filter;
  }
};
