import type { PhaseStep, Slice } from '../slice.js';

/**
 * Notes the bare ids in the recycle bin before an enumeration: it shows neither them nor, perhaps, their memberships,
 * and their restore brings no group event (Graph, delta query on groups).
 */
export const seedDeletedUsers = async (slice: Slice, link: string | null, next: string): Promise<PhaseStep> => {
  if (slice.settings.scopeMode === 'all') return { next };
  const { directory, state, clock } = slice.world;
  const page = await directory.listDeletedUsers(link, slice.signal);
  const since = new Date(clock.nowMs()).toISOString();
  await state.objects.update(
    page.rows.map((id) => ({
      id,
      type: 'user',
      change: (row) => (row.gone ? null : { ...row, gone: { reason: 'changed', since } }),
    })),
  );
  return { next: page.next === null ? next : `deleted|${page.next}` };
};
