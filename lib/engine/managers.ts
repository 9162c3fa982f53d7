import type { ProvisionContext } from './provisionContext.js';
import { boundByReference, type ManagerSight, managerIdOf } from './referencePaths.js';
import { isKnown, touchRow } from './rows.js';
import type { State } from './state.js';
import type { Edge, Link } from './stored.js';
import type { Subject } from './subject.js';

const managerRole = 'manager';

/** The parent that stands for a manager among the edges, so that one who gets an account finds their reports. */
const managerParent = (managerId: string): string => `manager:${managerId}`;

const edgeOf = (managerId: string, reportId: string): Edge => ({
  parent: managerParent(managerId),
  child: reportId,
  childType: 'user',
  role: managerRole,
  round: 0,
  missingSince: null,
});

/**
 * The context with what is known of these people's managers in the target. Who reports to whom is noted before, where it
 * changed: whoever waits for a manager is looked at again when that one gets an account.
 */
export const withManagers = async (
  subjects: readonly Subject[],
  context: ProvisionContext,
): Promise<ProvisionContext> => {
  if (!boundByReference(context.mapping, 'manager')) return context;
  const { state } = context.world;
  const relevant = subjects.filter(
    ({ stored: { row } }) =>
      row.link !== null || Object.keys(row.via).length > 0 || context.scene.settings.scopeMode === 'all',
  );
  await noteReports(relevant, context.mapping.schemaVersion, state);
  const ids = [...new Set(relevant.flatMap((subject) => managerIdOf(subject) ?? []))];
  const rows = ids.length > 0 ? await state.objects.read(ids) : new Map();
  const managers = new Map(ids.map((id) => [id, sightOf(rows.get(id)?.row.link ?? null)]));
  return { ...context, scene: { ...context.scene, managers } };
};

const sightOf = (link: Link | null): ManagerSight => {
  if (link === null) return { kind: 'none' };
  return link.state === 'detached' || link.invited ? { kind: 'waiting' } : { kind: 'linked', targetId: link.targetId };
};

const noteReports = async (
  subjects: readonly Subject[],
  schemaVersion: string,
  { edges }: Pick<State, 'edges'>,
): Promise<void> => {
  const upserts = subjects.flatMap((subject) => {
    const { id, eval: before } = subject.stored.row;
    const managerId = managerNow(subject);
    const isNoted = before?.managerId === managerId && before?.schemaVersion === schemaVersion;
    return managerId === null || isNoted ? [] : [edgeOf(managerId, id)];
  });
  if (upserts.length > 0) await edges.upsert(upserts);
};

const managerNow = (subject: Subject): string | null => (subject.life === 'hardDeleted' ? null : managerIdOf(subject));

/**
 * These people report to their former managers no more. Only when their evaluation is stored: until then the row names
 * the former manager, who may be theirs again when they are looked at next.
 */
export const forgetFormerManagers = async (
  subjects: readonly Subject[],
  { edges }: Pick<State, 'edges'>,
): Promise<void> => {
  const removals = subjects.flatMap((subject) => {
    const { id, eval: before } = subject.stored.row;
    const managerId = managerNow(subject);
    // The directory shows no manager either while that one is in the recycle bin, and tells nothing of the return.
    const isOther = managerId !== null || subject.life === 'hardDeleted';
    const hasLeft = isOther && before?.managerId != null && before.managerId !== managerId;
    return hasLeft ? [edgeOf(before.managerId, id)] : [];
  });
  if (removals.length > 0) await edges.remove(removals);
};

/** Whoever reports to these is to be evaluated. `seen`: their own row must be read once more, since replicas lag. */
export const touchReports = async (
  managerIds: readonly string[],
  reason: 'reference' | 'seen',
  context: ProvisionContext,
): Promise<void> => {
  const { state, clock } = context.world;
  const nowMs = clock.nowMs();
  const due = context.startedAt ?? new Date(nowMs).toISOString();
  for (const managerId of managerIds) {
    let cursor: string | null = null;
    do {
      const page = await state.edges.list(managerParent(managerId), cursor);
      const changes = page.rows.map(({ child }) => ({
        id: child,
        type: 'user' as const,
        change: (row: Parameters<typeof touchRow>[0]) => (isKnown(row) ? touchRow(row, reason, due, nowMs) : null),
      }));
      if (changes.length > 0) await state.objects.update(changes);
      cursor = page.cursor;
    } while (cursor !== null);
  }
};
