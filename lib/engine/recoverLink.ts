import { findOutcome } from './match.js';
import type { Match } from './model.js';
import { takeOwnership } from './ownership.js';
import type { ProvisionContext } from './provisionContext.js';
import type { Subject } from './subject.js';

export type Recovery =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'linked'; readonly subject: Subject }
  | { readonly kind: 'unsettled'; readonly match: Match };

/**
 * A create whose answer was lost, for an object that has meanwhile left scope: the account may stand in Zoom, active and
 * ours. It is looked up by the userName that was sent, and linked before the removal is decided.
 */
export const recoverLink = async (
  subject: Subject,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Recovery> => {
  const { row } = subject.stored;
  const { intent } = row;
  if (intent?.operation !== 'create' || row.link) return { kind: 'nothing' };
  const { state, target, clock } = context.world;
  const match = await findOutcome(intent, target, signal);
  if (match.kind === 'none') return { kind: 'nothing' };
  if (match.kind !== 'found') return { kind: 'unsettled', match };
  const owned = await takeOwnership(state, match.account.id, row.id, clock.nowMs());
  if (owned.kind === 'fault') return { kind: 'unsettled', match: owned };
  const written = await state.objects.update([
    {
      id: row.id,
      type: row.type,
      known: subject.stored,
      change: (now) =>
        now.intent?.token !== intent.token || now.link
          ? null
          : {
              ...now,
              link: {
                targetId: match.account.id,
                state: match.account.active ? 'active' : 'disabled',
                origin: 'created',
                invited: false,
                asked: {},
                held: {},
                schemaVersion: context.mapping.schemaVersion,
                since: new Date(clock.nowMs()).toISOString(),
              },
            },
    },
  ]);
  return { kind: 'linked', subject: { ...subject, stored: written.get(row.id) ?? subject.stored } };
};
