import type { Randomness } from '../graph/random.js';

/**
 * What sort of person somebody in the tenant is. Only guests have a userPrincipalName that Zoom cannot take; a service
 * account's is in the tenant's first domain, which Zoom does not manage.
 */
export type PersonKind = 'member' | 'guest' | 'disabled' | 'withoutMail' | 'service' | 'outsider';

/** Of a hundred people; everybody else is a member. */
const shares: Readonly<Record<Exclude<PersonKind, 'member'>, number>> = {
  guest: 3,
  disabled: 3,
  withoutMail: 3,
  service: 2,
  outsider: 8,
};
/** From so many people on there is at least one of each kind. */
const oneOfEachFrom = 20;

const kinds: readonly Exclude<PersonKind, 'member'>[] = ['guest', 'disabled', 'withoutMail', 'service', 'outsider'];

/** The kinds of `users` people in the order in which they are hired; the first is always a member. */
export const drawKinds = (users: number, random: Randomness): readonly PersonKind[] => {
  const special = kinds.flatMap((kind): PersonKind[] => {
    const count = Math.round((users * shares[kind]) / 100);
    return Array.from({ length: users >= oneOfEachFrom ? Math.max(1, count) : count }, () => kind);
  });
  const members = Array.from({ length: Math.max(0, users - special.length) }, (): PersonKind => 'member');
  const [first, ...rest] = [...members, ...special];
  return first === undefined ? [] : [first, ...random.shuffle(rest)];
};
