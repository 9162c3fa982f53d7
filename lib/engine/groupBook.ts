import type { Mark } from './control.js';
import { isMissing, type ScopeGroup } from './scope.js';
import type { State, StoredObject } from './state.js';
import { appParent } from './stored.js';

/** What scope needs of the groups that some objects have edges from; each group is read once until forgotten. */
export interface GroupBook {
  groupsOf(rows: readonly StoredObject[], marks: Iterable<Mark>): Promise<ReadonlyMap<string, ScopeGroup>>;
  forget(): void;
}

export const createGroupBook = (state: Pick<State, 'objects'>): GroupBook => {
  let known = new Map<string, StoredObject>();
  return {
    async groupsOf(rows, marks) {
      const wanted = new Set(rows.flatMap(({ row }) => Object.keys(row.via)));
      wanted.delete(appParent);
      const unread = [...wanted].filter((id) => !known.has(id));
      if (unread.length > 0) {
        for (const [id, stored] of await state.objects.read(unread)) known.set(id, stored);
      }
      const ready = readyGroups(marks);
      return new Map(
        [...wanted].flatMap((id) => {
          const stored = known.get(id);
          return stored ? [[id, toScopeGroup(stored, ready.has(id))] as const] : [];
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

const toScopeGroup = ({ row }: StoredObject, ready: boolean): ScopeGroup => ({
  displayName: row.group?.displayName ?? null,
  roleIds: Object.keys(row.via[appParent] ?? {}),
  isMissing: isMissing(row.via[appParent] ?? {}),
  ready,
  gone: row.gone !== null,
  securityEnabled: row.group?.securityEnabled ?? null,
});
