import type { CompiledMapping, MappingFault } from '../mapping/compiled.js';
import type { Scope } from './model.js';
import type { ScopeGroup } from './scope.js';
import { appParent, type Via } from './stored.js';

/** The groups that the object is a direct member of, as far as their members are known. */
export const memberOf = (
  via: Readonly<Record<string, Via>>,
  groups: ReadonlyMap<string, ScopeGroup>,
): readonly string[] => Object.keys(via).filter((parent) => parent !== appParent && groups.get(parent)?.gone === false);

/**
 * A filter asks for the members of a group that are not known: those of a group that is not assigned to the application
 * are not read, and those of one whose first enumeration has not ended are not all read yet. Nothing was found out then.
 */
export const findUnknownGroup = (
  { filterGroups }: Pick<CompiledMapping, 'filterGroups'>,
  readyGroups: ReadonlySet<string> | undefined,
): MappingFault | null => {
  const ready = new Set([...(readyGroups ?? [])].map((id) => id.toLowerCase()));
  const unknown = filterGroups.find((id) => !ready.has(id));
  if (unknown === undefined) return null;
  const message = `Scoping filter IsMemberOf: the members of group ${unknown} are not known; only those of groups that are assigned to the application are read`;
  return { path: 'scope', code: 'GroupMembersUnknown', message };
};

/** Memberships that may be out of date grant scope and take none away. */
export const withholdFilter = (scope: Scope, filtersByGroup: boolean, pathsIncomplete: boolean): Scope => {
  const isFilteredOnly = scope.triggers.length === 1 && scope.triggers[0] === 'filteredOut';
  return filtersByGroup && pathsIncomplete && isFilteredOnly ? { ...scope, verdict: 'unknown', triggers: [] } : scope;
};
