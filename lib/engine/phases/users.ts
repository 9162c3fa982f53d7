import type { Mark } from '../control.js';
import { openRound } from '../rounds.js';
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
  const mark = slice.marks.get(usersStream) ?? newMark(usersStream, [], null);
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
      return readUsersPage(slice, openRound(mark, slice.world.clock.nowMs()));
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
