import type { CompiledMapping } from '../../mapping/compiled.js';
import { type FreshAssignments, readFreshAssignments } from '../phases/freshScope.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { Slice } from '../slice.js';
import type { StoredObject } from '../state.js';
import { appParent } from '../stored.js';
import { type Assessment, assess } from '../subject.js';
import { groupContext } from './groupContext.js';
import { groupSubject } from './provisionGroups.js';

/** Groups whose deletion is staged, each evaluated anew. */
export interface StagedGroups {
  readonly due: readonly { readonly assessment: Assessment; readonly fresh: StoredObject }[];
  readonly context: ProvisionContext;
}

/**
 * Evaluates groups whose deletion is staged, with the list of assignments read just now; what a group is itself only its
 * stream tells.
 */
export const assessStagedGroups = async (
  rows: readonly StoredObject[],
  mapping: CompiledMapping,
  slice: Slice,
): Promise<StagedGroups> => {
  const isAssignedScope = slice.settings.scopeMode === 'assigned';
  const fresh = isAssignedScope ? await readFreshAssignments(new Set(), slice) : null;
  const base = await groupContext(rows, mapping, slice);
  const context: ProvisionContext = { ...base, scene: { ...base.scene, pathsIncomplete: false } };
  const readAt = new Date(slice.world.clock.nowMs()).toISOString();
  const due = rows.flatMap((stored) => {
    const subject = groupSubject(stored, readAt);
    const withEdge = fresh ? withFreshAssignment(stored, fresh) : stored;
    const assessed = assess({ ...subject, stored: withEdge }, context.scene);
    return assessed.barred ? [] : [{ assessment: { ...assessed, subject }, fresh: withEdge }];
  });
  return { due, context };
};

const withFreshAssignment = (stored: StoredObject, { groupRoles }: FreshAssignments): StoredObject => {
  const roles = groupRoles.get(stored.row.id) ?? [];
  const { [appParent]: _stored, ...others } = stored.row.via;
  const edge = Object.fromEntries(roles.map((role) => [role, { missingSince: null }]));
  return { ...stored, row: { ...stored.row, via: roles.length > 0 ? { ...others, [appParent]: edge } : others } };
};
