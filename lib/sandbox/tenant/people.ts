import type { NewUser } from '../graph/directory/users.js';
import type { Randomness } from '../graph/random.js';
import { managedDomain } from '../startSimulators.js';
import { departmentNames, departments, offices, servicePurposes } from './company.js';
import type { PersonKind } from './kinds.js';
import { type NameBook, pick } from './nameBook.js';

/** The tenant's first domain: guests and service accounts are named in it, and Zoom does not manage it. */
export const initialDomain = 'contoso.onmicrosoft.example';
const partnerDomains = ['fabrikam.example', 'northwind.example'];

/** Describes one new person after another; leaders of departments come to be whoever is hired first. */
export interface Hiring {
  describe(kind: PersonKind): NewUser;
  /** Tells who now has the id, so that later people of the department report to the first. */
  noteHired(id: string, person: NewUser): void;
}

export const createHiring = (names: NameBook, random: Randomness): Hiring => {
  const leaders = new Map<string, string>();
  let chiefId: string | null = null;
  let services = 0;

  const describeService = (): NewUser => {
    services += 1;
    const name = `svc-${pick(random, servicePurposes)}-${services}`;
    return { userPrincipalName: `${name}@${initialDomain}`, displayName: name, mail: null, jobTitle: null };
  };

  const describeGuest = (): NewUser => {
    const { alias, givenName, surname, displayName } = names.draw();
    const domain = pick(random, partnerDomains);
    return {
      userPrincipalName: `${alias}_${domain}#EXT#@${initialDomain}`,
      mail: `${alias}@${domain}`,
      givenName,
      surname,
      displayName: `${displayName} (Guest)`,
      userType: 'Guest',
      creationType: 'Invitation',
      externalUserState: 'Accepted',
    };
  };

  const describePerson = (kind: PersonKind): NewUser => {
    const { alias, givenName, surname, displayName } = names.draw();
    const address = `${alias}@${managedDomain}`;
    const department = pick(random, departmentNames);
    const office = pick(random, offices);
    const [leads = null, ...others] = departments[department] ?? [];
    const leaderId = leaders.get(department);
    const managerId = leaderId ?? chiefId;
    return {
      userPrincipalName: address,
      mail: kind === 'withoutMail' ? null : address,
      mailNickname: alias,
      givenName,
      surname,
      displayName,
      department,
      jobTitle: leaderId === undefined ? leads : pick(random, others),
      city: office.city,
      country: office.country,
      usageLocation: office.usage,
      accountEnabled: kind !== 'disabled',
      ...(managerId === null ? {} : { managerId }),
    };
  };

  return {
    describe: (kind) => {
      if (kind === 'service') return describeService();
      return kind === 'guest' ? describeGuest() : describePerson(kind);
    },
    noteHired: (id, { department, accountEnabled }) => {
      if (typeof department !== 'string' || accountEnabled === false) return;
      chiefId ??= id;
      if (!leaders.has(department)) leaders.set(department, id);
    },
  };
};
