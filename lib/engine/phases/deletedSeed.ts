import { endlessList } from '../faults.js';
import { type LinkWalk, walkTo } from '../linkWalk.js';
import { FaultError } from '../model.js';
import type { PhaseStep, Slice } from '../slice.js';

/** Where the listing goes on, and how it came there. */
interface Place {
  readonly walk: LinkWalk;
  readonly link: string;
}

/**
 * Notes the bare ids in the recycle bin before an enumeration: it shows neither them nor, perhaps, their memberships,
 * and their restore brings no group event (Graph, delta query on groups). `cursor` is what an earlier page came to.
 */
export const seedDeletedUsers = async (slice: Slice, cursor: string | null, next: string): Promise<PhaseStep> => {
  if (slice.settings.scopeMode === 'all') return { next };
  const { directory, state, clock } = slice.world;
  const place = cursor === null ? null : readPlace(cursor);
  const page = await directory.listDeletedUsers(place?.link ?? null, slice.signal);
  const since = new Date(clock.nowMs()).toISOString();
  await state.objects.update(
    page.rows.map((id) => ({
      id,
      type: 'user',
      change: (row) => (row.gone ? null : { ...row, gone: { reason: 'changed', since } }),
    })),
  );
  if (page.next === null) return { next };
  const walk = walkTo(page.next, place?.walk ?? null);
  if (walk === 'circle') throw new FaultError(endlessList);
  return { next: `deleted|${writePlace({ walk, link: page.next })}` };
};

const writePlace = ({ walk, link }: Place): string => [walk.anchor, walk.steps, walk.limit, link].join('|');

const readPlace = (cursor: string): Place => {
  const [anchor = '', steps = '0', limit = '1', ...link] = cursor.split('|');
  return { walk: { anchor, steps: Number(steps), limit: Number(limit) }, link: link.join('|') };
};
