import { badRequest, unsupportedQuery } from './errors.js';

const literal = "'((?:[^']|'')*)'";
const idEquals = new RegExp(`^id eq ${literal}$`);
const idIn = new RegExp(`^id in ?\\(\\s*(${literal}(?:\\s*,\\s*${literal})*)\\s*\\)$`);

const unquote = (text: string): string => text.replaceAll("''", "'");

const readOrChain = (filter: string): string[] | null => {
  const ids: string[] = [];
  for (const term of filter.trim().split(/\s+or\s+/i)) {
    const [, id] = idEquals.exec(term.trim()) ?? [];
    if (id === undefined) {
      return null;
    }
    ids.push(unquote(id));
  }
  return ids;
};

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** The objects that a delta stream may be narrowed to in one request (Graph, delta query). */
const maxDeltaIds = 50;

/** `id eq '…'` joined by `or`, which is all that delta queries filter by. */
export const parseDeltaFilter = (filter: string): readonly string[] => {
  const ids = readOrChain(filter);
  if (ids === null) {
    throw unsupportedQuery("Delta query supports only filters of the form id eq '…' joined by or.");
  }
  if (ids.length > maxDeltaIds) {
    throw unsupportedQuery(`The filter names ${ids.length} objects; at most ${maxDeltaIds} are supported.`);
  }
  return distinct(ids);
};

/** The values that one filter clause may hold by default (Graph, known issues). */
const maxListIds = 15;

/** `id in ('…',…)` or `id eq '…'` joined by `or`. */
export const parseListFilter = (filter: string): readonly string[] => {
  const [, listed] = idIn.exec(filter.trim()) ?? [];
  const ids =
    listed === undefined
      ? readOrChain(filter)
      : [...listed.matchAll(new RegExp(literal, 'g'))].map(([, id]) => unquote(id ?? ''));
  if (ids === null) {
    throw unsupportedQuery('Unsupported or invalid query filter clause specified.');
  }
  if (ids.length > maxListIds) {
    throw badRequest(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${ids.length}. Max allowed: ${maxListIds}.`,
    );
  }
  return distinct(ids);
};

const userNameEquals = new RegExp(`^(userPrincipalName|mail) eq ${literal}$`);

/** One name that a user may go by. */
export interface NameTerm {
  readonly property: 'userPrincipalName' | 'mail';
  readonly value: string;
}

/** `userPrincipalName eq '…'` and `mail eq '…'` joined by `or`; null where the filter is of another kind. */
export const parseNameFilter = (filter: string): readonly NameTerm[] | null => {
  const terms: NameTerm[] = [];
  for (const term of filter.trim().split(/\s+or\s+(?=\w+ eq ')/i)) {
    const [, property, value] = userNameEquals.exec(term.trim()) ?? [];
    if (value === undefined || (property !== 'userPrincipalName' && property !== 'mail')) {
      return null;
    }
    terms.push({ property, value: unquote(value) });
  }
  return terms;
};

/** What appRoleAssignedTo can be filtered by. */
export type AssignmentFilter =
  | { readonly by: 'resourceId'; readonly value: string }
  | { readonly by: 'principalDisplayName'; readonly value: string; readonly match: 'equals' | 'startsWith' };

const resourceEquals = /^resourceId eq '?([0-9a-fA-F-]{36})'?$/;
const nameEquals = new RegExp(`^principalDisplayName eq ${literal}$`);
const nameStarts = new RegExp(`^startswith\\(principalDisplayName, ?${literal}\\)$`);

export const parseAssignmentFilter = (filter: string): AssignmentFilter => {
  const text = filter.trim();
  const [, resourceId] = resourceEquals.exec(text) ?? [];
  if (resourceId !== undefined) {
    return { by: 'resourceId', value: resourceId.toLowerCase() };
  }
  const [, name] = nameEquals.exec(text) ?? [];
  if (name !== undefined) {
    return { by: 'principalDisplayName', value: unquote(name), match: 'equals' };
  }
  const [, start] = nameStarts.exec(text) ?? [];
  if (start !== undefined) {
    return { by: 'principalDisplayName', value: unquote(start), match: 'startsWith' };
  }
  throw unsupportedQuery('The specified filter to the reference property query is currently not supported.');
};
