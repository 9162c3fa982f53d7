import { printScimFilter, printScimPath } from '../../lib/mapping/printScimPath.js';
import { toTargetPath } from '../../lib/mapping/scimPath.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test.each([
  ['name.givenName', 'name.givenName'],
  ['emails[type eq "work"].value', 'emails[type eq "work"].value'],
  ['roles[primary eq "True"].value', 'roles[primary eq true].value'],
  ['emails[ type EQ "a\\"b" AND primary eq "False" ]', 'emails[type eq "a\\"b" and primary eq false]'],
  [`${enterprise}:manager.displayName`, `${enterprise}:manager.displayName`],
  ['urn:ietf:params:scim:schemas:core:2.0:User:title', 'title'],
])('the path %s is %s', (path, printed) => {
  expect(printScimPath(toTargetPath(path))).toBe(printed);
  expect(printScimPath(toTargetPath(printed))).toBe(printed);
});

test.each([
  ['userName', 'a"b', 'userName eq "a\\"b"'],
  ['name.givenName', 'x', 'name.givenName eq "x"'],
  ['emails[type eq "work"]', 'x', 'emails[type eq "work" and value eq "x"]'],
  ['emails[type eq "work"].display', 'x', 'emails[type eq "work" and display eq "x"]'],
  [`${enterprise}:items[type eq "a"].value`, 'x', `${enterprise}:items[type eq "a" and value eq "x"]`],
])('a search by %s for %s is %s', (path, value, filter) => {
  expect(printScimFilter(toTargetPath(path), value)).toBe(filter);
});
