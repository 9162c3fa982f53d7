import type { JsonObject, Values } from '../../engine/model.js';
import { readScimPath, toTargetPath } from '../../mapping/scimPath.js';

/** Lists of which Zoom keeps one element a person: there is nothing beside it to lose. */
const singles = new Set(['emails', 'roles']);

const listOf = (path: string): string | null => {
  const { urn, steps } = toTargetPath(path);
  const [first] = steps;
  return urn === null && first.conditions.length > 0 && !singles.has(first.name.toLowerCase()) ? first.name : null;
};

/**
 * The lists of which these values are only some elements, by type. A PUT with a list may put it in place of the whole,
 * so that the other elements must travel along.
 */
export const findSharedLists = (values: Values): ReadonlySet<string> =>
  new Set(Object.keys(values).flatMap((path) => listOf(path) ?? []));

/** Those lists as the account holds them. */
export const pickLists = (resource: JsonObject, lists: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(
    [...lists].flatMap((list) => {
      const held = readScimPath(resource, list);
      return Array.isArray(held) ? [[list, held]] : [];
    }),
  );
