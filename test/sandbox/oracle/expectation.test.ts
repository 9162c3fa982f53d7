import type { UserProperties } from '../../../lib/sandbox/graph/directory/properties.js';
import { expectAccount } from '../../../lib/sandbox/oracle/expectation.js';

const person = (properties: UserProperties, deletedAtMs: number | null = null) => ({
  id: 'p',
  properties: { userPrincipalName: 'ada@contoso.example', accountEnabled: true, ...properties },
  managerId: null,
  deletedAtMs,
});

describe('what a person should have in Zoom', () => {
  it.each([
    ['nobody assigned them', person({}), false],
    ['they are blocked', person({ accountEnabled: false }), true],
    ['they are in the recycle bin', person({}, 1), true],
  ])('nothing where %s', (_, who, isReached) => {
    expect(expectAccount(who, isReached, ['Licensed'])).toEqual({ kind: 'out' });
  });

  it.each([
    'ada_fabrikam.example#EXT#@contoso.onmicrosoft.example',
    'ada',
    'ada@contoso',
    'ada@two@contoso.example',
    'ada lovelace@contoso.example',
    '@contoso.example',
    'ada@contoso..example',
    '',
  ])('no account for a userPrincipalName that is no e-mail address: %s', (userPrincipalName) => {
    expect(expectAccount(person({ userPrincipalName }), true, [])).toEqual({ kind: 'none' });
  });

  it('takes the userPrincipalName as e-mail of a person without mail, and says nothing where the tenant does not', () => {
    expect(expectAccount(person({ mail: null, displayName: 'Ada' }), true, [])).toEqual({
      kind: 'account',
      account: {
        userName: 'ada@contoso.example',
        email: 'ada@contoso.example',
        givenName: null,
        familyName: null,
        displayName: 'Ada',
        department: null,
        userType: null,
      },
    });
  });

  it.each([
    [['Basic', 'Licensed', 'On Prem'], 'Licensed'],
    [['Basic', 'On Prem'], 'On-Prem'],
    [['Basic'], 'Basic'],
    [['Pro'], 'Licensed'],
    [['Corp'], 'On-Prem'],
    [['Reader'], null],
    [[], null],
  ])('of the roles %j the licence is %s', (roles, userType) => {
    expect(expectAccount(person({}), true, roles)).toMatchObject({ account: { userType } });
  });
});
