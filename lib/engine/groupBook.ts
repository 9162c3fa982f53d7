import type { Mark } from './control.js';
import { groupParents, reachOf } from './groupReach.js';
import type { ScopeGroup } from './scope.js';
import type { State, StoredObject } from './state.js';
import type { ObjectRow } from './stored.js';

/** What scope needs of the groups that some objects have edges from; each group is read once until forgotten. */
export interface GroupBook {
  groupsOf(rows: readonly StoredObject[], marks: Iterable<Mark>): Promise<ReadonlyMap<string, ScopeGroup>>;
  /** Reads these groups and all above them, over any edges. */
  load(groupIds: Iterable<string>): Promise<void>;
  /** Of a group that was loaded. */
  rowOf(groupId: string): ObjectRow | undefined;
  /** Rows that were read elsewhere, later than what is known of them. */
  put(rows: readonly ObjectRow[]): void;
  forget(): void;
}

/** Memory grows with the groups that are asked for and those above them, not with their members. */
export const createGroupBook = (state: Pick<State, 'objects'>): GroupBook => {
  let known = new Map<string, ObjectRow>();
  const rowOf = (groupId: string): ObjectRow | undefined => known.get(groupId);

  /** Level by level: a group's row names the groups above it. */
  const load = async (groupIds: Iterable<string>): Promise<void> => {
    const asked = new Set<string>();
    let wanted = [...new Set(groupIds)];
    while (wanted.length > 0) {
      const unread = wanted.filter((id) => !known.has(id));
      if (unread.length > 0) {
        for (const [id, { row }] of await state.objects.read(unread)) known.set(id, row);
      }
      for (const id of wanted) asked.add(id);
      const above = wanted.flatMap((id) => {
        const row = rowOf(id);
        return row ? groupParents(row) : [];
      });
      wanted = [...new Set(above)].filter((id) => !asked.has(id));
    }
  };

  return {
    load,
    rowOf,
    put(rows) {
      for (const row of rows) known.set(row.id, row);
    },
    async groupsOf(rows, marks) {
      const wanted = new Set(rows.flatMap(({ row }) => groupParents(row)));
      await load(wanted);
      const ready = readyGroups(marks);
      return new Map(
        [...wanted].flatMap((id) => {
          const row = rowOf(id);
          return row ? [[id, toScopeGroup(row, rowOf, ready)] as const] : [];
        }),
      );
    },
    forget() {
      known = new Map();
    },
  };
};

/** Ids of the groups whose members are known to the end. */
export const readyGroups = (marks: Iterable<Mark>): ReadonlySet<string> => {
  const ready = new Set<string>();
  for (const mark of marks) if (mark.readySince !== null) for (const id of mark.groupIds) ready.add(id);
  return ready;
};

const toScopeGroup = (
  row: ObjectRow,
  rowOf: (groupId: string) => ObjectRow | undefined,
  ready: ReadonlySet<string>,
): ScopeGroup => {
  const { roleIds, isCertain, through } = reachOf(row.id, rowOf, ready);
  return {
    displayName: row.group?.displayName ?? null,
    roleIds,
    isMissing: !isCertain,
    through,
    ready: ready.has(row.id),
    gone: row.gone !== null,
    securityEnabled: row.group?.securityEnabled ?? null,
  };
};
