import type { Randomness } from '../../lib/sandbox/graph/random.js';

export const managedDomain = 'contoso.example';
export type Role = 'Licensed' | 'Basic';

export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly role: Role;
}

/** `partner`: outside the domains that Zoom manages, so that the account comes out invited. */
export interface Person {
  readonly id: string;
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly department: string;
  readonly enabled: boolean;
  readonly partner: boolean;
  readonly direct: Role | null;
  readonly groups: readonly Group[];
  /** The account that stood in Zoom before: like the tenant's, or with another department. */
  readonly account: 'none' | 'same' | 'differs';
}

export const membersPerGroup = 25;
const departments = ['Sales', 'Engineering', 'Support', 'Finance'] as const;

export const drawGroups = (users: number, random: Randomness): readonly Group[] =>
  Array.from({ length: Math.max(1, Math.ceil(users / 2 / membersPerGroup)) }, (_, index) => ({
    id: random.guid(),
    displayName: `Zoom group ${index + 1}`,
    role: index % 2 === 0 ? 'Licensed' : 'Basic',
  }));

/**
 * The person of this index: one in ten is not assigned, the others directly or through one group or two, a few both
 * ways; one in fifty is blocked; one in twelve has an account in Zoom already; the first is a partner.
 */
export const drawPerson = (index: number, groups: readonly Group[], random: Randomness): Person => {
  const isPartner = index === 0;
  const isOutside = !isPartner && index % 10 === 9;
  const isDirect = !isOutside && index % 2 === 0;
  const shuffled = random.shuffle(groups);
  const taken = isOutside ? 0 : isDirect ? (index % 14 === 2 ? 1 : 0) : index % 7 === 0 ? 2 : 1;
  return {
    id: random.guid(),
    userName: `user${index}@${isPartner ? 'partner.example' : managedDomain}`,
    givenName: `Given${index}`,
    familyName: `Family${index}`,
    department: departments[index % departments.length] ?? departments[0],
    enabled: index % 50 !== 27,
    partner: isPartner,
    direct: isDirect ? (random.chance(0.4) ? 'Licensed' : 'Basic') : null,
    groups: shuffled.slice(0, taken),
    account: index % 12 === 5 ? 'differs' : index % 24 === 10 ? 'same' : 'none',
  };
};

export const isReached = ({ direct, groups }: Person): boolean => direct !== null || groups.length > 0;

/** Of several roles Licensed counts first. */
export const roleOf = ({ direct, groups }: Person): Role =>
  direct === 'Licensed' || groups.some(({ role }) => role === 'Licensed') ? 'Licensed' : 'Basic';
