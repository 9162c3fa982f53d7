import { isDeepStrictEqual } from 'node:util';
import { compareAccount } from '../../lib/sandbox/oracle/compareAccount.js';
import type { ExpectedAccount } from '../../lib/sandbox/oracle/expectation.js';
import type { AccountState, ZoomState } from '../../lib/sandbox/zoom/state.js';
import type { TenantMemory } from './memory.js';
import { addressesOf, type Person } from './people.js';

/** The end of a history: Zoom against the tenant, told in sentences; none where they agree. */
export const judgeEnd = (
  memory: TenantMemory,
  zoom: ZoomState,
  managedDomains: readonly string[],
): readonly string[] => {
  const accounts = [...zoom.accounts.values()];
  const bySurname = new Map(memory.people.map((person) => [person.surname, person]));
  const showing = groupBySurname(accounts);
  const held = new Map(accounts.flatMap((account) => addressesOf(account).map((address) => [address, account])));
  for (const account of accounts) {
    const [owner] = isTakenOver(account, memory) ? namesakesOf(account, bySurname, memory).filter(isExpected) : [];
    if (owner && !showing.has(owner.surname)) showing.set(owner.surname, [account]);
  }
  const isStuck = (person: Person): boolean =>
    zoom.foreign.some((address) => person.addresses.includes(address)) ||
    isAddressStuck(person, { held, bySurname, showing, managedDomains });
  return [
    ...memory.people.flatMap((person) =>
      person.expected === null
        ? []
        : judgeMember(
            person,
            person.expected,
            showing.get(person.surname) ?? [],
            isStuck(person),
            memory,
            managedDomains,
          ),
    ),
    ...accounts.flatMap((account) => judgeAccount(account, bySurname, memory)),
    ...judgeErased(zoom, memory),
  ];
};

const isExpected = ({ expected }: Person): boolean => expected !== null;

/** An account from before that was switched on or off, and still shows whom it showed before. */
const isTakenOver = (account: AccountState, memory: TenantMemory): boolean => {
  const first = memory.first(account.id);
  return first !== undefined && first.familyName === account.familyName && first.status !== account.status;
};

const groupBySurname = (accounts: readonly AccountState[]): Map<string, readonly AccountState[]> => {
  const groups = new Map<string, readonly AccountState[]>();
  for (const account of accounts) groups.set(account.familyName, [...(groups.get(account.familyName) ?? []), account]);
  return groups;
};

const nameOf = (account: AccountState): string => `account ${account.id} (${account.email}, ${account.familyName})`;

/** Exactly one account, active, with the right values. */
const judgeMember = (
  person: Person,
  expected: ExpectedAccount,
  accounts: readonly AccountState[],
  isStuck: boolean,
  memory: TenantMemory,
  managedDomains: readonly string[],
): readonly string[] => {
  const who = `${person.surname} (${expected.userName})`;
  const [account, ...others] = [...accounts].sort((a, b) => rank(a) - rank(b));
  if (!account) return isStuck ? [] : [`${who} should have an account and has none`];
  const doubles = others.filter((other) => other.status !== 'inactive' || !isPassedOn(other, person, memory));
  const differences = compareAccount(person.id, expected, account, managedDomains);
  return [
    ...doubles.map(
      (other) => `${who} has two accounts: ${account.id} and ${other.id} (${other.email}, ${other.status})`,
    ),
    ...differences.flatMap(({ kind, field }) => {
      if (kind === 'inactive') return [`${who}: the account is ${account.status} and should be active`];
      if (isStuck || !field) return [];
      return [`${who}: ${field.name} should be '${field.expected}' and is '${field.found}'`];
    }),
  ];
};

const rank = ({ status }: AccountState): number => ['active', 'pending', 'inactive'].indexOf(status);

/** An account that somebody else took over by its address before it was renamed: it still shows its former person. */
const isPassedOn = (account: AccountState, person: Person, memory: TenantMemory): boolean =>
  addressesOf(account).some((address) => [...memory.namesake(address)].some((surname) => surname !== person.surname));

/** Nobody's account is on who should not have one; a stranger's is as it was. */
const judgeAccount = (
  account: AccountState,
  bySurname: ReadonlyMap<string, Person>,
  memory: TenantMemory,
): readonly string[] => {
  const first = memory.first(account.id);
  if (first && isDeepStrictEqual(first, account)) return [];
  if (first && !memory.wasWanted(addressesOf(first)))
    return [`${nameOf(account)} is nobody's in scope and was changed`];
  const shown = bySurname.get(account.familyName);
  // Taken over and not renamed yet: it may be anybody's who went by its address.
  const owners = shown ? [shown] : namesakesOf(account, bySurname, memory);
  if (account.status === 'inactive' || owners.some(({ expected }) => expected !== null)) return [];
  return [`${nameOf(account)} is ${account.status} and should be off`];
};

const namesakesOf = (
  account: AccountState,
  bySurname: ReadonlyMap<string, Person>,
  memory: TenantMemory,
): readonly Person[] =>
  addressesOf(account).flatMap((address) =>
    [...memory.namesake(address)].flatMap((surname) => bySurname.get(surname) ?? []),
  );

const judgeErased = (zoom: ZoomState, memory: TenantMemory): readonly string[] =>
  memory.firstAccounts
    .filter((account) => !zoom.accounts.has(account.id) && !memory.wasWanted(addressesOf(account)))
    .map((account) => `${nameOf(account)} is nobody's in scope and was erased`);

interface Addresses {
  readonly held: ReadonlyMap<string, AccountState>;
  readonly showing: ReadonlyMap<string, readonly AccountState[]>;
  readonly bySurname: ReadonlyMap<string, Person>;
  readonly managedDomains: readonly string[];
}

/**
 * Whether Zoom cannot give a person the address: another account holds it that does not let it go. That is one of
 * somebody who left, or one whose own person waits for an address in the same way, or for this very one (two people who
 * swap theirs). Zoom has no request that could untie these.
 */
const isAddressStuck = (person: Person, addresses: Addresses): boolean => {
  const seen = new Set<string>();
  for (let waiting = person; ; ) {
    const wanted = waiting.expected?.email.toLowerCase();
    if (wanted === undefined || seen.has(waiting.surname)) return true;
    seen.add(waiting.surname);
    const holder = addresses.held.get(wanted);
    if (!holder) return waiting !== person && !isManaged(wanted, addresses);
    if (holder.familyName === waiting.surname) return false;
    const owner = addresses.bySurname.get(holder.familyName);
    if (!owner?.expected) return (addresses.showing.get(waiting.surname) ?? []).length > 0;
    waiting = owner;
  }
};

const isManaged = (address: string, { managedDomains }: Addresses): boolean =>
  managedDomains.includes(address.slice(address.lastIndexOf('@') + 1));
