import { touchGroup } from '../groups/groupMarks.js';
import { countLinkChange } from '../linkCounts.js';
import { touchRow } from '../rows.js';
import type { Slice } from '../slice.js';
import type { ObjectChange, StoredObject } from '../state.js';
import type { Link, ObjectRow } from '../stored.js';
import { type AccountDrift, linkAsFound } from './compareAccount.js';

/**
 * Puts links as their accounts were found and marks the objects as due: what then differs from what is wanted is decided,
 * sent, staged and guarded like any change. A missing account is none of this: `letGoOfMissing`.
 */
export const correctLinks = async (
  drifted: readonly { readonly stored: StoredObject; readonly drift: AccountDrift | null }[],
  slice: Slice,
): Promise<void> => {
  const changed = drifted.flatMap(({ stored, drift }) => {
    const { link } = stored.row;
    return link && drift ? [{ stored, link: linkAsFound(link, drift) }] : [];
  });
  await rewriteLinks(changed, slice);
};

/** An object that somebody was at meanwhile is left to them. */
export const rewriteLinks = async (
  changed: readonly { readonly stored: StoredObject; readonly link: Link | null }[],
  slice: Slice,
): Promise<void> => {
  const { state, clock } = slice.world;
  const nowMs = clock.nowMs();
  const written = new Map<string, ObjectRow>();
  await state.objects.update(
    changed.map(({ stored, link }): ObjectChange => {
      const before = stored.row;
      return {
        id: before.id,
        type: before.type,
        known: stored,
        change: (row) => {
          const isSame = row.intent === null && row.link?.targetId === before.link?.targetId;
          written.delete(row.id);
          if (!isSame || row.link?.state !== before.link?.state) return null;
          written.set(row.id, row);
          const found = { ...row, link };
          const { startedAt } = slice.cycle;
          return row.type === 'group'
            ? touchGroup(found, startedAt, nowMs)
            : touchRow(found, 'unknown', startedAt, nowMs);
        },
      };
    }),
  );
  for (const { stored, link } of changed) {
    const row = written.get(stored.row.id);
    if (row?.type === 'user') countLinkChange(row.link?.state, link?.state, slice.count);
  }
};
