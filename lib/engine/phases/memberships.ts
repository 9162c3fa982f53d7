import type { Mark } from '../control.js';
import { type Fault, FaultError } from '../model.js';
import { closeSweep, markAfterFault } from '../rounds.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import { appParent, nestedParent } from '../stored.js';
import { planGroupStreams, type StreamPlan } from '../streamPlan.js';
import { forgetNesting } from './forgetNesting.js';
import { expandGroups } from './groupExpansion.js';
import { readGroupStream } from './groupStream.js';
import { sweepGroupEdges } from './groupSweep.js';

/** The stream of the users, the only one that is not a chunk of groups. */
export const usersStream = 'users';

/** So many marks fit into the transaction of one checkpoint beside the control rows. */
const marksPerCheckpoint = 80;

/**
 * Derives the streams that the assigned groups, and those nested in them, need; reads each to the end of its round and
 * sweeps those that enumerated. Where that shows further nested groups their streams follow, until there are none. Then the
 * groups that changed are expanded: every user below them becomes pending.
 */
export const membershipsPhase: Phase = async (slice, cursor) => {
  if (slice.settings.scopeMode === 'all') return { next: null };
  if (cursor === null) return deriveStreams(slice, true);
  if (cursor === 'derive') return deriveStreams(slice, false);
  if (cursor === 'streams') return readStreams(slice);
  return expandGroups(slice, cursor === 'expand' ? null : cursor);
};

/** The first time in a cycle small streams are merged as well; with nothing to derive the next step begins at once. */
const deriveStreams = async (slice: Slice, isFirst: boolean): Promise<PhaseStep> => {
  if (isFirst && slice.cycle.kind === 'initial' && !slice.settings.nestedGroups) await forgetNesting(slice);
  const wanted = await readWanted(slice);
  const marks = groupMarks(slice);
  const derive = (mayMerge: boolean) =>
    planGroupStreams(marks, wanted, () => `groups:${slice.world.newId()}`, mayMerge);
  const plan = derive(isFirst);
  const changes = plan.marks.length + plan.removed.length;
  if (changes > marksPerCheckpoint) return writePart(derive(false));
  if (changes > 0) return { next: 'streams', checkpoint: { marks: plan.marks, removedMarks: plan.removed } };
  if (isFirst && marks.length === 0) return { next: 'streams' };
  return isFirst || marks.some((mark) => isOpen(mark, slice)) ? readStreams(slice) : expandGroups(slice, null);
};

/** New streams first: a group that is listed twice for a moment loses nothing. */
const writePart = ({ marks, removed }: StreamPlan): PhaseStep => {
  const removedMarks = removed.slice(0, Math.max(0, marksPerCheckpoint - marks.length));
  return { next: 'derive', checkpoint: { marks: marks.slice(0, marksPerCheckpoint), removedMarks } };
};

/** Every group that leads to the application. */
const readWanted = async (slice: Slice): Promise<ReadonlySet<string>> => {
  const wanted = new Set<string>();
  for (const parent of slice.settings.nestedGroups ? [appParent, nestedParent] : [appParent]) {
    let cursor: string | null = null;
    do {
      const page = await slice.world.state.edges.list(parent, cursor, 'group');
      for (const edge of page.rows) wanted.add(edge.child);
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return wanted;
};

const groupMarks = (slice: Slice): readonly Mark[] =>
  [...slice.marks.values()].filter((mark) => mark.stream !== usersStream);

const isOpen = (mark: Mark, slice: Slice): boolean =>
  (mark.endedIn !== slice.cycle.cycleId || mark.sweeping) && !slice.cycle.incomplete.includes(mark.stream);

/** As many streams as one checkpoint holds; a stream that fails is left where it is and named as incomplete. */
const readStreams = async (slice: Slice): Promise<PhaseStep> => {
  const moved = new Map<string, Mark>();
  const incomplete: string[] = [];
  let fault: Fault | null = null;
  for (const mark of groupMarks(slice)) {
    if (!isOpen(mark, slice)) continue;
    if (moved.size >= marksPerCheckpoint || slice.mustStop()) break;
    try {
      moved.set(mark.stream, await advanceStream(mark, slice));
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.whose === 'job' || slice.signal.aborted) throw error;
      slice.world.telemetry.event('warning', 'StreamIncomplete', {
        cycleId: slice.cycle.cycleId,
        code: error.fault.code,
        ...(error.fault.request?.requestId ? { requestId: error.fault.request.requestId } : {}),
      });
      incomplete.push(mark.stream);
      const left = markAfterFault(mark, error);
      if (left !== mark) moved.set(mark.stream, left);
      fault ??= error.fault;
    }
  }
  const isDone = groupMarks(slice).every((mark) => {
    const now = moved.get(mark.stream) ?? mark;
    return incomplete.includes(mark.stream) || !isOpen(now, slice);
  });
  return {
    next: isDone ? (slice.settings.nestedGroups ? 'derive' : 'expand') : 'streams',
    checkpoint: { marks: [...moved.values()] },
    incomplete,
    ...(fault ? { fault } : {}),
  };
};

/** One page of the round, or the sweep after it. */
const advanceStream = async (mark: Mark, slice: Slice): Promise<Mark> => {
  if (!mark.sweeping) return readGroupStream(mark, slice);
  await sweepGroupEdges(mark, slice);
  return closeSweep(mark);
};
