import { findLeftBehind } from './match.js';
import type { Match } from './model.js';
import type { Target } from './ports.js';
import type { Intent, Link } from './stored.js';

/** What an intent left behind came to. `recovered`: the account is what an own create made. */
export type IntentOutcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'vanished' }
  | { readonly kind: 'settled'; readonly match: Match; readonly recovered: boolean };

/**
 * An intent that was left behind means that nobody knows what its request did: the account is looked at before anything
 * else. What it holds counts from then on, and not what was asked of it.
 */
export const matchIntent = async (
  intent: Intent,
  link: Link | null,
  target: Target,
  signal: AbortSignal,
): Promise<IntentOutcome> => {
  const match = await findLeftBehind(intent, target, signal);
  if (intent.operation === 'create') {
    return match.kind === 'none' ? { kind: 'nothing' } : { kind: 'settled', match, recovered: match.kind === 'found' };
  }
  switch (match.kind) {
    case 'found':
      return link?.targetId === match.account.id
        ? {
            kind: 'settled',
            match: { kind: 'linked', targetId: link.targetId, account: match.account },
            recovered: false,
          }
        : adopted(intent, link, match);
    case 'vanished':
      return link?.targetId === match.targetId && !link.invited ? { kind: 'vanished' } : { kind: 'nothing' };
    case 'fault':
      return { kind: 'settled', match, recovered: false };
    default:
      return { kind: 'nothing' };
  }
};

/** An adoption that was cut short goes on with its account, by whatever name the person goes now. */
const adopted = (intent: Intent, link: Link | null, match: Match): IntentOutcome =>
  intent.operation === 'adopt' && link === null ? { kind: 'settled', match, recovered: false } : { kind: 'nothing' };
