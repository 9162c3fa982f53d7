import type { AssignmentTruth, UserTruth } from '../graph/directory/truth.js';
import type { Randomness } from '../graph/random.js';
import type { TenantWorld } from '../tenant/placement.js';
import type { SeededTenant } from '../tenant/seededTenant.js';

/** What a working day happens to. */
export interface DayWorld {
  readonly world: TenantWorld;
  readonly tenant: SeededTenant;
  /** People who have an active account in Zoom this morning. */
  readonly activeIds: ReadonlySet<string>;
  readonly random: Randomness;
}

/** People with an account to whom nothing has happened today, in a drawn order; each is given out once. */
export interface Staff {
  /** Up to `count` of those that `fits` takes. */
  take(count: number, fits?: (person: UserTruth) => boolean): readonly UserTruth[];
}

const always = (): boolean => true;

/** Administrators in Zoom and the small group's people are not given out: what happens to them is decided elsewhere. */
export const gatherStaff = ({ world, tenant, activeIds, random }: DayWorld): Staff => {
  const { dir } = world.graph;
  const reserved = new Set(tenant.zoomAdminIds);
  for (const groupId of [tenant.smallGroup?.id ?? null, tenant.smallNestedId]) {
    if (groupId !== null) for (const { id } of dir.members(groupId)) reserved.add(id);
  }
  const waiting = new Set(random.shuffle([...activeIds].filter((id) => !reserved.has(id))));
  return {
    take: (count, fits = always) => {
      const taken: UserTruth[] = [];
      for (const id of waiting) {
        if (taken.length >= count) break;
        const person = dir.user(id);
        if (person === null || !fits(person)) continue;
        waiting.delete(id);
        taken.push(person);
      }
      return taken;
    },
  };
};

/** How people are assigned: their own rows, and the groups that bring them in. */
export interface Ways {
  /** In scope by rows of their own and nothing else. */
  isDirectOnly(id: string): boolean;
  rowsOf(id: string): readonly AssignmentTruth[];
}

export const readWays = ({ world, tenant }: DayWorld): Ways => {
  const { dir } = world.graph;
  const rows = new Map<string, AssignmentTruth[]>();
  for (const row of dir.assignments(world.servicePrincipalId)) {
    rows.set(row.principalId, [...(rows.get(row.principalId) ?? []), row]);
  }
  const grouped = new Set<string>();
  for (const group of tenant.smallGroup === null ? tenant.groups : [...tenant.groups, tenant.smallGroup]) {
    for (const { id } of dir.members(group.id)) grouped.add(id);
  }
  const rowsOf = (id: string): readonly AssignmentTruth[] => rows.get(id) ?? [];
  return { rowsOf, isDirectOnly: (id) => rowsOf(id).length > 0 && !grouped.has(id) };
};
