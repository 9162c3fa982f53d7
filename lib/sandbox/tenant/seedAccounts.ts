import type { UserTruth } from '../graph/directory/truth.js';
import type { Randomness } from '../graph/random.js';
import { managedDomain, type SeedWorld } from '../startSimulators.js';
import type { ZoomSeedUser } from '../zoom/seedSchema.js';

/** Who there is to have an account in Zoom already; ids of the tenant's people. */
export interface AccountCandidates {
  readonly users: number;
  /** In scope, enabled, with mail. */
  readonly members: readonly string[];
  readonly outsiders: readonly string[];
  readonly returnerId: string | null;
}

/** Of the members, so many in a hundred have an account that can be adopted. */
const adoptablePercent = 12;

type AccountOf = (person: UserTruth, address: string) => ZoomSeedUser;

const sameAsInEntra: AccountOf = ({ properties }, userName) => ({
  userName,
  givenName: properties.givenName ?? '',
  familyName: properties.surname ?? '',
  displayName: properties.displayName ?? null,
  ...(typeof properties.department === 'string' ? { department: properties.department } : {}),
});

/** How accounts that stood in Zoom already differ from what the tenant says; they take turns. */
const adoptable: readonly AccountOf[] = [
  sameAsInEntra,
  (person, userName) => ({ ...sameAsInEntra(person, userName), department: 'Imported 2019', userType: 'Licensed' }),
  (person, userName) => ({ userName, givenName: person.properties.givenName ?? '', familyName: '' }),
  (person, userName) => ({
    ...sameAsInEntra(person, userName),
    userName: userName.charAt(0).toUpperCase() + userName.slice(1),
  }),
];

const inactive: AccountOf = (person, userName) => ({ ...sameAsInEntra(person, userName), status: 'inactive' });
const admin: AccountOf = (person, userName) => ({ ...sameAsInEntra(person, userName), role: 'Admin' });
const invited: AccountOf = (_, userName) => ({
  userName,
  status: 'pending',
  loginType: { sso: false, workEmail: true },
});

/**
 * Accounts from before: of members (equal, different, inactive, an administrator's), of one who is out of scope, of
 * nobody in the tenant, one invited, and one e-mail that belongs to another Zoom account. Seats suffice for everybody.
 */
export const seedAccounts = (
  { graph, zoom }: SeedWorld,
  candidates: AccountCandidates,
  random: Randomness,
): { readonly zoomAdminIds: ReadonlySet<string> } => {
  const shuffled = random.shuffle(candidates.members);
  const isSmall = shuffled.length < 6;
  const takeOne = (): readonly string[] => (isSmall ? [] : shuffled.splice(0, 1));
  const accountsOf = (ids: readonly string[], accountOf: AccountOf): readonly ZoomSeedUser[] =>
    ids.flatMap((id) => {
      const person = graph.dir.user(id);
      return person === null ? [] : [accountOf(person, (person.properties.userPrincipalName ?? '').toLowerCase())];
    });

  const administrators = takeOne();
  const special = [
    ...accountsOf(administrators, admin),
    ...accountsOf(takeOne(), inactive),
    ...accountsOf(takeOne(), invited),
    ...accountsOf(candidates.returnerId === null ? [] : [candidates.returnerId], inactive),
    ...accountsOf(candidates.outsiders.slice(0, 1), sameAsInEntra),
  ];
  const foreign = accountsOf(takeOne(), sameAsInEntra).map(({ userName }) => userName);
  const ordinary = shuffled.slice(0, Math.ceil((candidates.members.length * adoptablePercent) / 100));
  const adopted = ordinary.flatMap((id, index) =>
    accountsOf([id], adoptable[index % adoptable.length] ?? sameAsInEntra),
  );
  const strangers: readonly ZoomSeedUser[] = [
    { userName: `boardroom.4@${managedDomain}`, givenName: 'Boardroom', familyName: '4' },
    { userName: `press@${managedDomain}`, givenName: 'Press', familyName: 'Office', department: 'Agency' },
  ];
  zoom.seed({
    settings: { licensedSeats: seatsFor(candidates.users), basicMax: seatsFor(candidates.users) },
    users: [...strangers, ...special, ...adopted],
    foreign,
  });
  return { zoomAdminIds: new Set(administrators) };
};

const seatsFor = (users: number): number => Math.max(1_000, 2 * users);
