import type { Mark } from '../control.js';
import { type Fault, FaultError } from '../model.js';
import { closeSweep, markAfterFault } from '../rounds.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import { appParent } from '../stored.js';
import { planGroupStreams } from '../streamPlan.js';
import { expandGroups } from './groupExpansion.js';
import { readGroupStream } from './groupStream.js';
import { sweepGroupEdges } from './groupSweep.js';

/** The stream of the users, the only one that is not a chunk of groups. */
export const usersStream = 'users';

/** So many marks fit into the transaction of one checkpoint beside the control rows. */
const marksPerCheckpoint = 80;

/**
 * Derives the streams that the assigned groups need, reads each to the end of its round, sweeps those that enumerated,
 * and expands the groups that changed: every user below them becomes pending.
 */
export const membershipsPhase: Phase = async (slice, cursor) => {
  if (slice.settings.scopeMode === 'all') return { next: null };
  if (cursor === null) return deriveStreams(slice);
  if (cursor === 'streams') return readStreams(slice);
  return expandGroups(slice, cursor === 'expand' ? null : cursor);
};

const deriveStreams = async (slice: Slice): Promise<PhaseStep> => {
  const wanted = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await slice.world.state.edges.list(appParent, cursor, 'group');
    for (const edge of page.rows) wanted.add(edge.child);
    cursor = page.cursor;
  } while (cursor !== null);
  const marks = groupMarks(slice);
  const plan = planGroupStreams(marks, wanted, () => `groups:${slice.world.newId()}`);
  const isChanged = plan.marks.length > 0 || plan.removed.length > 0;
  if (!isChanged && marks.length > 0) return readStreams(slice);
  return {
    next: 'streams',
    ...(isChanged ? { checkpoint: { marks: plan.marks, removedMarks: plan.removed } } : {}),
  };
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
    next: isDone ? 'expand' : 'streams',
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
