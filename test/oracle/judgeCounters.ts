import type { Counters } from '../../lib/engine/control.js';
import type { State } from '../../lib/engine/state.js';

const countLinked = async ({ objects }: Pick<State, 'objects'>): Promise<Counters> => {
  const linked = { active: 0, disabled: 0 };
  let cursor: string | null = null;
  do {
    const page = await objects.list(cursor);
    for (const { row } of page.rows) {
      const state = row.link?.state;
      if (row.type === 'user' && (state === 'active' || state === 'disabled')) linked[state] += 1;
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return { linkedActive: linked.active, linkedDisabled: linked.disabled };
};

const shown = ({ linkedActive, linkedDisabled }: Counters): string =>
  `${linkedActive} active, ${linkedDisabled} disabled`;

/** What the job believes of its linked users, beside what its rows hold; the deletion guard goes by the former. */
export const judgeCounters = async (state: Pick<State, 'objects' | 'jobs'>): Promise<readonly string[]> => {
  const { counters } = await state.jobs.read();
  const wanted = await countLinked(state);
  return shown(counters) === shown(wanted)
    ? []
    : [`${shown(counters)} users are counted as linked, and ${shown(wanted)} are`];
};
