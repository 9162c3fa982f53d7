import { isDeepStrictEqual } from 'node:util';
import type { AccountState, ZoomState } from '../zoom/state.js';
import { compareAccount } from './compareAccount.js';
import { compareGroups, compareManagers, type ExpectGroup } from './compareGroups.js';
import type { Difference } from './difference.js';
import type { Expect, Expectation, ExpectedAccount } from './expectation.js';
import { type Nesting, readExpectations, type TenantTruth } from './readTenant.js';

export interface OracleOptions {
  readonly dir: TenantTruth;
  readonly servicePrincipalId: string;
  /** Zoom as it stands, asked anew at every look. */
  readonly readZoom: () => ZoomState;
  readonly managedDomains: readonly string[];
  /** What people should have; under the built-in schema unless it is given. */
  readonly expect?: Expect;
  /** Whether groups within groups count; off unless it is given. */
  readonly nesting?: Nesting;
  /** What groups should be called; absent where groups are not compared. */
  readonly expectGroup?: ExpectGroup;
  /** Managers are compared as well. */
  readonly comparesManagers?: boolean;
}

/** What the oracle makes of this moment. */
export interface Judgement {
  readonly differences: readonly Difference[];
  /** People who should have an account, have it and are active in Zoom. */
  readonly activeIds: ReadonlySet<string>;
  /** Accounts that Zoom reports as pending or foreign: nothing is expected of them. */
  readonly leftOut: number;
}

/** Says what Zoom should hold from the tenant's truth and Zoom's first state alone; it knows nothing of the engine. */
export interface Oracle {
  /** Notes who should have an account now: whoever ever should may lose it later. Call it before each cycle. */
  observe(): void;
  judge(): Judgement;
}

interface Look {
  readonly expectations: ReadonlyMap<string, Expectation>;
  readonly zoom: ZoomState;
  readonly byAddress: ReadonlyMap<string, readonly AccountState[]>;
}

const addressesOf = ({ userName, email }: Pick<ExpectedAccount, 'userName' | 'email'>): readonly string[] => [
  ...new Set([userName.toLowerCase(), email.toLowerCase()]),
];

const indexByAddress = (zoom: ZoomState): ReadonlyMap<string, readonly AccountState[]> => {
  const index = new Map<string, AccountState[]>();
  for (const account of zoom.accounts.values()) {
    for (const address of addressesOf(account)) index.set(address, [...(index.get(address) ?? []), account]);
  }
  return index;
};

/** Compares Zoom with the tenant; accounts that stand there now and belong to nobody in scope are to stay as they are. */
export const createOracle = (options: OracleOptions): Oracle => {
  const first = options.readZoom();
  /** Everybody who ever should have had an account, and the addresses they went by. */
  const known = new Map<string, Set<string>>();

  const observe = (): ReadonlyMap<string, Expectation> => {
    const expectations = readExpectations(options.dir, options.servicePrincipalId, options.expect, options.nesting);
    for (const [id, expectation] of expectations) {
      if (expectation.kind !== 'account') continue;
      const addresses = known.get(id) ?? new Set();
      for (const address of addressesOf(expectation.account)) addresses.add(address);
      known.set(id, addresses);
    }
    return expectations;
  };

  const findAccounts = (personId: string, { byAddress }: Look, taken: ReadonlySet<string>): readonly AccountState[] => {
    const found = [...(known.get(personId) ?? [])].flatMap((address) => byAddress.get(address) ?? []);
    return [...new Set(found)].filter(({ id }) => !taken.has(id));
  };

  const isLeftOut = (account: ExpectedAccount, look: Look): boolean =>
    addressesOf(account).some(
      (address) =>
        look.zoom.foreign.includes(address) ||
        look.byAddress.get(address)?.some(({ status }) => status === 'pending') === true,
    );

  /** One person who should have an active account. Marks the accounts found as taken. */
  const judgePerson = (
    personId: string,
    expected: ExpectedAccount,
    look: Look,
    taken: Set<string>,
  ): readonly Difference[] => {
    const [account, ...others] = findAccounts(personId, look, taken);
    if (account === undefined) return [{ kind: 'missing', personId, accountId: null }];
    for (const { id } of [account, ...others]) taken.add(id);
    return [
      ...others.map(({ id }): Difference => ({ kind: 'twice', personId, accountId: id })),
      ...compareAccount(personId, expected, account, options.managedDomains),
    ];
  };

  const judge = (): Judgement => {
    const expectations = observe();
    const zoom = options.readZoom();
    const look: Look = { expectations, zoom, byAddress: indexByAddress(zoom) };
    const taken = new Set<string>();
    const differences: Difference[] = [];
    const activeIds = new Set<string>();
    const accountOf = new Map<string, AccountState>();
    let leftOut = 0;
    for (const [personId, expectation] of expectations) {
      if (expectation.kind !== 'account') continue;
      if (isLeftOut(expectation.account, look)) {
        leftOut += 1;
        for (const { id } of findAccounts(personId, look, taken)) taken.add(id);
        continue;
      }
      const found = judgePerson(personId, expectation.account, look, taken);
      differences.push(...found);
      if (found.some(({ kind }) => kind === 'missing' || kind === 'inactive')) continue;
      activeIds.add(personId);
      const [account] = findAccounts(personId, look, new Set());
      if (account) accountOf.set(personId, account);
    }
    differences.push(...judgeLeavers(look, taken), ...judgeStrangers(look, taken));
    differences.push(...judgeGroups(accountOf, zoom));
    return { differences, activeIds, leftOut };
  };

  const judgeGroups = (accountOf: ReadonlyMap<string, AccountState>, zoom: ZoomState): readonly Difference[] => {
    const { dir, servicePrincipalId, expectGroup, comparesManagers } = options;
    return [
      ...(expectGroup ? compareGroups({ dir, servicePrincipalId, expectGroup, zoom, accountOf }) : []),
      ...(comparesManagers ? compareManagers({ dir, accountOf }) : []),
    ];
  };

  /** Whoever should have an account no longer has none, or one that is off. */
  const judgeLeavers = (look: Look, taken: Set<string>): readonly Difference[] =>
    [...known.keys()]
      .filter((personId) => look.expectations.get(personId)?.kind !== 'account')
      .flatMap((personId) => {
        const accounts = findAccounts(personId, look, taken);
        for (const { id } of accounts) taken.add(id);
        return accounts
          .filter(({ status }) => status === 'active')
          .map(({ id }): Difference => ({ kind: 'stillActive', personId, accountId: id }));
      });

  /** Accounts that never were anybody's in scope: none is new, none is gone, none has changed. */
  const judgeStrangers = (look: Look, taken: ReadonlySet<string>): readonly Difference[] => {
    const present = [...look.zoom.accounts.values()].filter(({ id }) => !taken.has(id));
    const changed = present.flatMap((account): readonly Difference[] => {
      const before = first.accounts.get(account.id);
      if (before === undefined) return [{ kind: 'unexpected', personId: null, accountId: account.id }];
      if (isDeepStrictEqual(before, account)) return [];
      return [{ kind: 'touched', personId: null, accountId: account.id }];
    });
    const ours = new Set([...known.values()].flatMap((addresses) => [...addresses]));
    const gone = [...first.accounts.values()]
      .filter((account) => !look.zoom.accounts.has(account.id) && !addressesOf(account).some((one) => ours.has(one)))
      .map(({ id }): Difference => ({ kind: 'gone', personId: null, accountId: id }));
    return [...changed, ...gone];
  };

  return { observe: () => void observe(), judge };
};
