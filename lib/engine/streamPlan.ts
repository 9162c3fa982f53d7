import type { Mark } from './control.js';

/** Graph allows 50 ids in the filter of one delta stream (Graph, group delta). */
export const groupsPerStream = 50;
/** Small streams are merged when there are so many more than needed. */
const spareStreams = 4;

export interface StreamPlan {
  /** Marks to write: new streams, and streams that lost a group. */
  readonly marks: readonly Mark[];
  readonly removed: readonly string[];
}

/**
 * Which streams the wanted groups need. Every wanted group that no mark lists gets one in the same cycle; an id that is
 * no longer wanted is struck from its mark; a stream without ids goes. When small streams pile up, the ready ones among
 * the smallest are enumerated anew as one, where that may be: their edges go on granting scope meanwhile.
 */
export const planGroupStreams = (
  marks: readonly Mark[],
  wanted: ReadonlySet<string>,
  newStreamId: () => string,
  mayMerge = true,
): StreamPlan => {
  const struck = marks.map((mark) => strike(mark, wanted));
  const live = struck.filter((mark) => mark.groupIds.length > 0);
  const listed = new Set(live.flatMap((mark) => mark.groupIds));
  const unlisted = [...wanted].filter((id) => !listed.has(id));
  const added = chunk(unlisted).map((groupIds) => newMark(newStreamId(), groupIds, null));
  const needed = Math.ceil(wanted.size / groupsPerStream);
  const merged = mayMerge && live.length + added.length > needed + spareStreams ? mergeSmall(live, newStreamId) : null;
  const gone = new Set([
    ...struck.filter((mark) => mark.groupIds.length === 0).map((mark) => mark.stream),
    ...(merged?.replaced ?? []),
  ]);
  const changed = live.filter((mark) => !gone.has(mark.stream) && !marks.includes(mark));
  return { marks: [...changed, ...added, ...(merged ? [merged.mark] : [])], removed: [...gone] };
};

const strike = (mark: Mark, wanted: ReadonlySet<string>): Mark => {
  const groupIds = mark.groupIds.filter((id) => wanted.has(id));
  return groupIds.length === mark.groupIds.length ? mark : { ...mark, groupIds };
};

const chunk = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / groupsPerStream) }, (_, index) =>
    ids.slice(index * groupsPerStream, (index + 1) * groupsPerStream),
  );

const mergeSmall = (live: readonly Mark[], newStreamId: () => string) => {
  const ready = live.filter((mark) => mark.readySince !== null).sort((a, b) => a.groupIds.length - b.groupIds.length);
  const groupIds: string[] = [];
  const replaced: string[] = [];
  for (const mark of ready) {
    if (groupIds.length + mark.groupIds.length > groupsPerStream) break;
    groupIds.push(...mark.groupIds);
    replaced.push(mark.stream);
  }
  return replaced.length < 2 ? null : { mark: newMark(newStreamId(), groupIds, 'merged'), replaced };
};

/** A stream that has not asked anything yet. `readySince`: what it will tell of is known already, as from streams it replaces. */
export const newMark = (stream: string, groupIds: readonly string[], readySince: string | null): Mark => ({
  stream,
  groupIds,
  round: 0,
  roundStartedAt: '',
  link: null,
  enumerating: true,
  endedIn: null,
  readySince,
  sweeping: false,
});
