import type { Slice } from '../slice.js';
import type { Checkpoint } from '../state.js';

/** Takes these groups out of the streams that list them; a stream without groups goes. */
export const strikeGroups = (
  groupIds: readonly string[],
  { marks }: Slice,
): Pick<Checkpoint, 'marks' | 'removedMarks'> => {
  const struck = new Set(groupIds);
  const changed = [...marks.values()]
    .filter((mark) => mark.groupIds.some((id) => struck.has(id)))
    .map((mark) => ({ ...mark, groupIds: mark.groupIds.filter((id) => !struck.has(id)) }));
  return {
    marks: changed.filter((mark) => mark.groupIds.length > 0),
    removedMarks: changed.filter((mark) => mark.groupIds.length === 0).map(({ stream }) => stream),
  };
};
