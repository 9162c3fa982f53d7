import { ownedByAnother } from './faults.js';
import { countLinkChange } from './linkCounts.js';
import type { Fault } from './model.js';
import type { State } from './state.js';
import type { ObjectRow } from './stored.js';
import type { ExportContext } from './task.js';

export type Ownership = { readonly kind: 'ours' } | { readonly kind: 'fault'; readonly fault: Fault };

/** Whether the owner has let the account go: deleted at the source, its removal staged, its link disabled or moved on. */
const hasLetGo = (owner: ObjectRow, targetId: string): boolean =>
  !owner.link ||
  owner.link.targetId !== targetId ||
  owner.link.state === 'detached' ||
  owner.link.state === 'disabled' ||
  owner.gone !== null ||
  owner.staged !== null;

/**
 * Makes the source object the owner of a Zoom account, by inserting its claim. An account of another source object
 * passes over only where that one has let it go: its link is detached and what was staged for it dropped first, so that
 * a crash in between leaves nobody who would still act on the account.
 */
export const takeOwnership = async (
  { world: { state, clock }, count }: ExportContext,
  targetId: string,
  sourceId: string,
): Promise<Ownership> => {
  const claim = await state.targets.claim(targetId, sourceId);
  if (claim.kind === 'claimed') return { kind: 'ours' };
  const denied: Ownership = { kind: 'fault', fault: ownedByAnother(claim.bySourceId) };
  const owner = (await state.objects.read([claim.bySourceId])).get(claim.bySourceId);
  if (owner && !hasLetGo(owner.row, targetId)) return denied;
  if (owner && owner.etag !== null) {
    const nowMs = clock.nowMs();
    const letGo: { row: ObjectRow | null } = { row: null };
    await state.objects.update([
      {
        id: claim.bySourceId,
        type: owner.row.type,
        known: owner,
        change: (row) => {
          letGo.row = hasLetGo(row, targetId) && !isBusy(row, nowMs) ? row : null;
          return letGo.row && detach(row, targetId);
        },
      },
    ]);
    if (!letGo.row) return denied;
    countDetached(letGo.row, targetId, count);
    await markMemberships(letGo.row, state);
  }
  return (await state.targets.transfer(targetId, sourceId, claim.etag)) ? { kind: 'ours' } : denied;
};

/** The account stands in groups for somebody else now. */
const markMemberships = async (
  { id, members }: ObjectRow,
  { members: store }: Pick<State, 'members'>,
): Promise<void> => {
  const pairs = (members?.groups ?? []).map((group) => ({ group, user: id }));
  if (pairs.length > 0) await store.mark(pairs);
};

const countDetached = ({ link }: ObjectRow, targetId: string, count: ExportContext['count']): void => {
  if (link?.targetId === targetId) countLinkChange(link.state, 'detached', count);
};

const isBusy = (row: ObjectRow, nowMs: number): boolean => row.intent !== null && Date.parse(row.intent.until) > nowMs;

const detach = (row: ObjectRow, targetId: string): ObjectRow =>
  row.link?.targetId === targetId ? { ...row, link: { ...row.link, state: 'detached' }, staged: null } : row;
