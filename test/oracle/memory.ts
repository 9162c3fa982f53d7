import type { AccountState, ZoomState } from '../../lib/sandbox/zoom/state.js';
import { addressesOf, type Person } from './people.js';

/** What was true of the tenant so far, as far as verdicts need it. */
export interface TenantMemory {
  /** Looks at the tenant after each of its changes. */
  observe(people: readonly Person[]): void;
  /** A cycle starts. */
  startCycle(): void;
  /** Everybody there ever was; who is gone has no address and expects nothing. */
  readonly people: readonly Person[];
  /** In scope and live without a break since before the cycle before this one began. */
  hasStayed(person: Person): boolean;
  /** Somebody in scope has gone by one of these addresses. */
  wasWanted(addresses: readonly string[]): boolean;
  /** Surnames of all who ever went by this address. */
  namesake(address: string): ReadonlySet<string>;
  /** An account that stood in Zoom before the first cycle, as it was. */
  first(accountId: string): AccountState | undefined;
  readonly firstAccounts: readonly AccountState[];
}

export const createTenantMemory = (firstZoom: ZoomState): TenantMemory => {
  const people = new Map<string, Person>();
  let now = 0;
  let cycleStarts: readonly number[] = [];
  let inScopeSince = new Map<string, number>();
  const wanted = new Set<string>();
  const surnames = new Map<string, Set<string>>();
  return {
    observe(seen) {
      now += 1;
      for (const [id, person] of people) people.set(id, { ...person, addresses: [], expected: null });
      for (const person of seen) people.set(person.id, person);
      const inScope = seen.filter(({ expected }) => expected !== null);
      inScopeSince = new Map(inScope.map(({ id }) => [id, inScopeSince.get(id) ?? now]));
      for (const { addresses } of inScope) for (const address of addresses) wanted.add(address);
      for (const { addresses, surname } of seen) {
        for (const address of addresses) surnames.set(address, (surnames.get(address) ?? new Set()).add(surname));
      }
    },
    startCycle() {
      now += 1;
      cycleStarts = [...cycleStarts, now].slice(-2);
    },
    get people() {
      return [...people.values()];
    },
    hasStayed({ id }) {
      const [before] = cycleStarts;
      const since = inScopeSince.get(id);
      return cycleStarts.length === 2 && before !== undefined && since !== undefined && since < before;
    },
    wasWanted: (addresses) => addresses.some((address) => wanted.has(address)),
    namesake: (address) => surnames.get(address) ?? new Set(),
    first: (accountId) => firstZoom.accounts.get(accountId),
    firstAccounts: [...firstZoom.accounts.values()],
  };
};

/** Everybody whose account this may be: whom it shows, and who goes by its address now. */
export const candidatesFor = (account: AccountState, people: readonly Person[]): readonly Person[] => {
  const addresses = addressesOf(account);
  return people.filter(
    (person) =>
      person.surname === account.familyName || person.addresses.some((address) => addresses.includes(address)),
  );
};
