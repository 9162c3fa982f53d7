import type { Expect, ExpectedAccount } from '../../lib/sandbox/oracle/expectation.js';
import { type Nesting, readExpectations, type TenantTruth } from '../../lib/sandbox/oracle/readTenant.js';
import type { AccountState } from '../../lib/sandbox/zoom/state.js';

/**
 * A person of the tenant. Every object of the directory has a surname of its own that never changes, so that the
 * person whom an account shows is known without asking the engine.
 */
export interface Person {
  readonly id: string;
  readonly surname: string;
  /** Addresses the person goes by now, in lower case. */
  readonly addresses: readonly string[];
  /** What Zoom should hold; null: no active account. */
  readonly expected: ExpectedAccount | null;
}

/** Live people with what they should have; under the built-in schema unless `expect` says otherwise. */
export const readPeople = (
  dir: TenantTruth,
  servicePrincipalId: string,
  expect?: Expect,
  nesting: Nesting = 'off',
): readonly Person[] => {
  const expectations = readExpectations(dir, servicePrincipalId, expect, nesting);
  return [...dir.users()].map(({ id, properties }) => {
    const expectation = expectations.get(id);
    const addresses = [properties.userPrincipalName, properties.mail].flatMap((one) =>
      one ? [one.toLowerCase()] : [],
    );
    return {
      id,
      surname: properties.surname ?? '',
      addresses: [...new Set(addresses)],
      expected: expectation?.kind === 'account' ? expectation.account : null,
    };
  });
};

export const addressesOf = ({ userName, email }: Pick<AccountState, 'userName' | 'email'>): readonly string[] => [
  ...new Set([userName.toLowerCase(), email.toLowerCase()]),
];
