import { isOwn } from './isOwn.js';
import { countLinkChange } from './linkCounts.js';
import { findLeftBehind } from './match.js';
import type { Match } from './model.js';
import { takeOwnership } from './ownership.js';
import type { ProvisionContext } from './provisionContext.js';
import type { Intent, Link } from './stored.js';
import type { Subject } from './subject.js';

export type Recovery =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'linked'; readonly subject: Subject }
  | { readonly kind: 'unsettled'; readonly match: Match };

/**
 * A write whose answer was lost, for an object that has meanwhile left scope: the account may stand in Zoom, active and
 * ours. It is looked up by its id or by the userName that was sent, and the link made to agree before the removal is
 * decided.
 */
export const recoverLink = async (
  subject: Subject,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Recovery> => {
  const { intent, link } = subject.stored.row;
  if (!intent) return { kind: 'nothing' };
  // A create beside a link: the linked account had vanished, or was passed on.
  if (intent.operation === 'create') return recoverAccount(subject, intent, context, signal);
  if (!link) {
    const isOurs = await wasAdopted(subject, intent, context);
    return isOurs ? recoverAccount(subject, intent, context, signal) : { kind: 'nothing' };
  }
  if (link.state !== 'disabled' || intent.targetId !== link.targetId) return { kind: 'nothing' };
  const match = await findLeftBehind(intent, context.world.target, signal);
  if (match.kind === 'fault') return { kind: 'unsettled', match };
  if (match.kind !== 'found' || !match.account.active) return { kind: 'nothing' };
  return writeLink(subject, intent, { ...link, state: 'active' }, context);
};

/** The claim is made before anything is sent: without it the account was never touched. */
const wasAdopted = async (subject: Subject, { operation, targetId }: Intent, { world }: ProvisionContext) =>
  operation === 'adopt' &&
  targetId !== null &&
  (await world.state.targets.readOwner(targetId)) === subject.stored.row.id;

const recoverAccount = async (
  subject: Subject,
  intent: Intent,
  context: ProvisionContext,
  signal: AbortSignal,
): Promise<Recovery> => {
  const { target, clock } = context.world;
  const match = await findLeftBehind(intent, target, signal);
  if (match.kind === 'none' || match.kind === 'vanished') return { kind: 'nothing' };
  if (match.kind !== 'found') return { kind: 'unsettled', match };
  if (!(await isOwn(match, intent, subject.source?.attributes ?? null, context, signal))) return { kind: 'nothing' };
  const owned = await takeOwnership(context, match.account.id, subject.stored.row.id);
  if (owned.kind === 'fault') return { kind: 'unsettled', match: owned };
  const link: Link = {
    targetId: match.account.id,
    state: match.account.active ? 'active' : 'disabled',
    origin: intent.operation === 'create' ? 'created' : 'adopted',
    invited: false,
    asked: {},
    held: {},
    schemaVersion: context.mapping.schemaVersion,
    since: new Date(clock.nowMs()).toISOString(),
  };
  return writeLink(subject, intent, link, context);
};

/** Unless somebody took the intent over, or linked the object. */
const writeLink = async (
  subject: Subject,
  intent: Intent,
  link: Link,
  context: ProvisionContext,
): Promise<Recovery> => {
  const { row } = subject.stored;
  const before = row.link?.state;
  const written = await context.world.state.objects.update([
    {
      id: row.id,
      type: row.type,
      known: subject.stored,
      change: (now) => (now.intent?.token !== intent.token || now.link?.state !== before ? null : { ...now, link }),
    },
  ]);
  const stored = written.get(row.id) ?? subject.stored;
  countLinkChange(before, stored.row.link?.state, context.count);
  return { kind: 'linked', subject: { ...subject, stored } };
};
