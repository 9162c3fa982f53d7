import type { Mark } from '../control.js';
import { FaultError } from '../model.js';
import { markAfterFault, openRound } from '../rounds.js';
import type { Phase, PhaseStep, Slice } from '../slice.js';
import { newMark } from '../streamPlan.js';
import { countUsers } from './countUsers.js';
import { seedDeletedUsers } from './deletedSeed.js';
import { usersStream } from './memberships.js';
import { listNames } from './nameListing.js';
import { readUsersPage } from './usersPage.js';
import { sweepUsers } from './usersSweep.js';

/**
 * The one unfiltered users stream. An enumeration is prepared by listing Zoom's names where that is cheaper than asking
 * for each user, and by noting who is in the recycle bin; it is followed by a sweep.
 */
export const usersPhase: Phase = async (slice, cursor) => {
  // A first round is swept too: people may be known from one that was begun in vain, or from calls on demand.
  const mark = slice.marks.get(usersStream) ?? newMark(usersStream, [], slice.cycle.cycleId);
  const [step, rest] = splitCursor(cursor ?? firstStep(mark, slice));
  switch (step) {
    case 'count':
      return countUsers(slice, rest, 'names');
    case 'names':
      return listNames(slice, rest, 'deleted');
    case 'deleted':
      return seedDeletedUsers(slice, rest, 'rows');
    case 'sweep':
      return sweepUsers(slice, mark, rest);
    default:
      return readRound(slice, openRound(mark, slice.world.clock.nowMs()));
  }
};

/** A round that can never end is left, and begun anew by the next cycle. */
const readRound = async (slice: Slice, mark: Mark): Promise<PhaseStep> => {
  try {
    return await readUsersPage(slice, mark);
  } catch (error) {
    const left = error instanceof FaultError ? markAfterFault(mark, error) : mark;
    if (left === mark || !(error instanceof FaultError)) throw error;
    slice.world.telemetry.event('warning', 'PhaseIncomplete', {
      jobId: slice.world.jobId,
      cycleId: slice.cycle.cycleId,
      phase: usersStream,
      code: error.fault.code,
    });
    return { next: null, incomplete: [usersStream], fault: error.fault, checkpoint: { marks: [left] } };
  }
};

const firstStep = (mark: Mark, slice: Slice): string => {
  if (mark.sweeping) return 'sweep';
  if (mark.link !== null) return 'rows';
  if (slice.cycle.kind !== 'initial') return 'deleted';
  return slice.settings.scopeMode === 'all' ? 'names' : 'count';
};

/** `step` or `step|rest`. */
const splitCursor = (cursor: string): readonly [string, string | null] => {
  const bar = cursor.indexOf('|');
  return bar < 0 ? [cursor, null] : [cursor.slice(0, bar), cursor.slice(bar + 1)];
};

export type UsersStep = PhaseStep;
