import type { Locked } from './intents.js';
import type { SkipReason } from './model.js';
import type { Outcome } from './outcome.js';
import { sentName } from './sentName.js';
import type { Intent } from './stored.js';
import type { World } from './world.js';

/** With these nobody has looked at what an earlier request did, or it could not be told. */
const openSkips: readonly SkipReason[] = ['NotVisibleYet', 'ScopeUnknown', 'PendingOrForeign'];

/**
 * The intent that stays in the row after an outcome; null where it is known what every request did. Whoever comes next
 * looks in Zoom by it, whatever has become of the object meanwhile. It locks nobody out, and the record of the next
 * attempt is one of its own.
 */
export const intentAfter = (
  outcome: Outcome,
  locked: Locked | undefined,
  world: Pick<World, 'clock' | 'newId'>,
): Intent | null => {
  const { effect, decision } = outcome;
  const { type, intent: before } = outcome.assessment.subject.stored.row;
  const end = (intent: Intent): Intent => ({
    ...intent,
    until: new Date(world.clock.nowMs()).toISOString(),
    recordId: world.newId(),
  });
  const own =
    locked && (decision.kind === 'create' ? ofCreate(locked.intent, sentName(type, decision.values)) : locked.intent);
  switch (effect.kind) {
    case 'failed':
      if (!own) return before && end(before);
      return effect.fault.outcomeUnknown === true ? end(own) : null;
    case 'deferred':
      return own && effect.attempted === true ? end(own) : before;
    case 'skipped':
      return before && openSkips.includes(effect.reason) ? end(before) : null;
    case 'exported':
    case 'removed':
    case 'staged':
      return null;
  }
};

/** A decision that was made anew may create where the intent was to update. */
const ofCreate = (intent: Intent, userName: string | null): Intent => ({
  ...intent,
  operation: 'create',
  targetId: null,
  userName,
});
