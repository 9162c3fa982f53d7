import type { UserTruth } from '../graph/directory/truth.js';

/**
 * What Zoom should hold for one person. A field that is null is one the tenant says nothing about: Zoom may hold
 * anything there.
 */
export interface ExpectedAccount {
  readonly userName: string;
  readonly email: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  readonly department: string | null;
  readonly userType: string | null;
}

/** `account`: an active one. `none`: in scope, but no account can be made. `out`: out of scope. */
export type Expectation =
  | { readonly kind: 'account'; readonly account: ExpectedAccount }
  | { readonly kind: 'none' }
  | { readonly kind: 'out' };

/** Names of app roles to Zoom's licence types; Pro and Corp are the names from before October 2020. */
const userTypes: Readonly<Record<string, string>> = {
  Licensed: 'Licensed',
  Pro: 'Licensed',
  'On Prem': 'On-Prem',
  'On-Prem': 'On-Prem',
  Corp: 'On-Prem',
  Basic: 'Basic',
};
/** Of several roles the first of these counts. */
const precedence: readonly string[] = ['Licensed', 'On-Prem', 'Basic'];

/** A guest's name is what stands before the mark that Entra puts into it. */
export const stripGuestMark = (userPrincipalName: string): string => userPrincipalName.split(/#EXT#/i)[0] ?? '';

/** Zoom's userName is an e-mail address: something, one `@`, a domain with a dot. */
export const isAddress = (text: string): boolean => {
  const parts = text.split('@');
  const labels = (parts[1] ?? '').split('.');
  return parts.length === 2 && parts[0] !== '' && labels.length > 1 && !labels.includes('') && !/\s/.test(text);
};

const textOrNull = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value === '' ? null : value;

/** Says what a person should have: `isReached` by an assignment, their own or of a group, with these app roles. */
export type Expect = (person: UserTruth, isReached: boolean, roleNames: readonly string[]) => Expectation;

/** What a person should have under the built-in schema, told without it. */
export const expectAccount: Expect = (person, isReached, roleNames) => {
  const { properties, deletedAtMs } = person;
  if (!isReached || deletedAtMs !== null || properties.accountEnabled === false) return { kind: 'out' };
  const userName = stripGuestMark(properties.userPrincipalName ?? '');
  if (!isAddress(userName)) return { kind: 'none' };
  const types = new Set(roleNames.map((name) => userTypes[name]));
  return {
    kind: 'account',
    account: {
      userName,
      email: textOrNull(properties.mail) ?? userName,
      givenName: textOrNull(properties.givenName),
      familyName: textOrNull(properties.surname),
      displayName: textOrNull(properties.displayName),
      department: textOrNull(properties.department),
      userType: precedence.find((type) => types.has(type)) ?? null,
    },
  };
};
