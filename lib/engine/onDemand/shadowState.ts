import type { ObjectStore, State, StoredObject, TargetStore } from '../state.js';
import { emptyRow } from '../stored.js';

/** The state as a dry run sees it: it reads what is there, and what it writes is seen by nobody. */
export const shadowState = (state: State): State => ({
  ...state,
  objects: shadowObjects(state.objects),
  targets: shadowTargets(state.targets),
  edges: { ...state.edges, upsert: noWrite, remove: noWrite },
  members: { ...state.members, mark: noWrite, put: noWrite, removeMarks: noWrite, delay: noWrite },
});

const noWrite = async (): Promise<void> => undefined;

const shadowObjects = (objects: ObjectStore): ObjectStore => ({
  ...objects,
  async update(changes) {
    const rows = new Map<string, StoredObject>();
    for (const { id, type, change, known } of changes) {
      const before = rows.get(id) ??
        known ??
        (await objects.read([id])).get(id) ?? { row: emptyRow(id, type), etag: null };
      rows.set(id, { ...before, row: change(before.row) ?? before.row });
    }
    return rows;
  },
});

const shadowTargets = (targets: TargetStore): TargetStore => ({
  ...targets,
  async claim(targetId, sourceId) {
    const owner = await targets.readOwner(targetId);
    return owner === null || owner === sourceId ? { kind: 'claimed' } : { kind: 'held', bySourceId: owner, etag: '' };
  },
  transfer: async () => true,
});
