import { createSeededContext } from '../../fakes/createSeededContext.js';
import { compile, errorOf, nowMs, resultOf } from '../evaluateText.js';

test.each([
  ['cn=Joe,ou=Sales,dc=contoso,dc=com', 2, 'Sales'],
  ['cn=Joe,ou=Sales,dc=contoso,dc=com', 5, null],
  ['cn=Joe,ou=Sales,dc=contoso,dc=com', 0, null],
  ['CN=Doe\\, Jane,OU=A', 1, 'Doe, Jane'],
  ['CN=Doe\\2C Jane\\C3\\A9,OU=A', 1, 'Doe, Janeé'],
  ['CN="Doe, Jane",OU=A', 1, 'Doe, Jane'],
  ['CN=a+OU=b , OU = c', 1, 'a'],
  ['CN=a+OU=b , OU = c', 2, 'c'],
  ['CN=a\\+b', 1, 'a+b'],
])('component of %s', (dn, number, expected) => {
  expect(resultOf(`DNComponent(CRef([dn]), ${number})`, { dn })).toBe(expected);
});

test('the default domain comes from the surroundings, and is an error where they do not know it', () => {
  const context = { ...createSeededContext(nowMs, 1), defaultDomain: 'contoso.com' };
  expect(compile('DefaultDomain()').evaluate({}, context)).toEqual({ kind: 'value', value: 'contoso.com' });
  expect(errorOf('DefaultDomain()')).toBe('NoDefaultDomain');
});
