import type { AccountState } from '../zoom/state.js';
import type { Difference } from './difference.js';
import type { ExpectedAccount } from './expectation.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Where a person's account differs from what is expected. Zoom changes an e-mail only inside the domains it manages. */
export const compareAccount = (
  personId: string,
  expected: ExpectedAccount,
  found: AccountState,
  managedDomains: readonly string[],
): readonly Difference[] => {
  const base = { personId, accountId: found.id };
  const compareField = (name: string, wanted: string | null, held: string): readonly Difference[] =>
    wanted === null || wanted === held
      ? []
      : [{ kind: 'field', ...base, field: { name, expected: wanted, found: held } }];
  const isManaged = managedDomains.some((domain) => domain.toLowerCase() === domainOf(expected.email));
  return [
    ...(found.status === 'active' ? [] : [{ kind: 'inactive' as const, ...base }]),
    ...compareField('email', isManaged ? expected.email.toLowerCase() : null, found.email.toLowerCase()),
    ...compareField('givenName', expected.givenName, found.givenName),
    ...compareField('familyName', expected.familyName, found.familyName),
    ...compareField('displayName', expected.displayName, found.displayName),
    ...compareField('department', expected.department, textOf(found.enterprise.department)),
    ...compareField('userType', expected.userType, found.userType),
  ];
};
