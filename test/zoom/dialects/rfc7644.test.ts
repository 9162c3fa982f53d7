import fc from 'fast-check';
import { createRfc7644Dialect } from '../../../lib/zoom/dialects/rfc7644.js';

const dialect = createRfc7644Dialect();
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const operationsOf = (request: { readonly body?: object } | null) => Object(request?.body).Operations;

describe('the rfc7644 dialect', () => {
  it('creates with POST, without what has no value and without what only Zoom knows', () => {
    const values = { userName: 'mina', title: null, roles: [], [`${enterprise}:department`]: 'Legal' };
    expect(dialect.createUser(values, true)).toEqual({
      method: 'POST',
      path: '/Users',
      body: {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
        userName: 'mina',
        active: true,
        [enterprise]: { department: 'Legal' },
      },
    });
  });

  it.each([
    ['title', 'Counsel', [{ op: 'replace', path: 'title', value: 'Counsel' }]],
    ['name.givenName', 'Mina', [{ op: 'replace', path: 'name.givenName', value: 'Mina' }]],
    ['title', null, [{ op: 'remove', path: 'title' }]],
    ['roles', [], [{ op: 'remove', path: 'roles' }]],
    ['roles', [{ value: 'A' }], [{ op: 'replace', path: 'roles', value: [{ value: 'A' }] }]],
    ['emails[type eq "work"].value', 'a@x', [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'a@x' }]],
    ['emails[type eq "work"].value', null, [{ op: 'remove', path: 'emails[type eq "work"]' }]],
    ['addresses[type eq "work"].locality', null, [{ op: 'remove', path: 'addresses[type eq "work"].locality' }]],
    [
      'roles[primary eq "True"].value',
      'Admin',
      [{ op: 'replace', path: 'roles[primary eq true].value', value: 'Admin' }],
    ],
    [
      'emails[type eq "other"].value',
      ['a@x', 'b@x'],
      [
        { op: 'remove', path: 'emails[type eq "other"]' },
        {
          op: 'add',
          path: 'emails',
          value: [
            { type: 'other', value: 'a@x' },
            { type: 'other', value: 'b@x' },
          ],
        },
      ],
    ],
    [`${enterprise}:department`, 'Legal', [{ op: 'replace', path: `${enterprise}:department`, value: 'Legal' }]],
    [`${enterprise}:manager`, 'm1', [{ op: 'replace', path: `${enterprise}:manager`, value: { value: 'm1' } }]],
    [`${enterprise}:manager`, null, [{ op: 'remove', path: `${enterprise}:manager` }]],
    ['urn:ietf:params:scim:schemas:core:2.0:User:title', 'x', [{ op: 'replace', path: 'title', value: 'x' }]],
  ])('updates %s to %j with a PATCH', (path, value, operations) => {
    const request = dialect.updateUser('u/1', { [path]: value });
    expect(request).toMatchObject({ method: 'PATCH', path: '/Users/u%2F1' });
    expect(operationsOf(request)).toEqual(operations);
  });

  it('removes no element of which something else is written', () => {
    const values = { 'roles[primary eq "True"].value': null, 'roles[primary eq "True"].display': 'Boss' };
    expect(operationsOf(dialect.updateUser('u1', values))).toEqual([
      { op: 'remove', path: 'roles[primary eq true].value' },
      { op: 'replace', path: 'roles[primary eq true].display', value: 'Boss' },
    ]);
  });

  it.each([
    ['userName', 'a"b\\c', ['userName eq "a\\"b\\\\c"']],
    ['userName', 'Mina', ['userName eq "Mina"', 'userName eq "mina"']],
    ['externalId', 'Mina', ['externalId eq "Mina"']],
    [
      'emails[type eq "work"].value',
      'A@x',
      ['emails[type eq "work" and value eq "A@x"]', 'emails[type eq "work" and value eq "a@x"]'],
    ],
    ['roles[primary eq "True"].display', 'X', ['roles[primary eq true and display eq "X"]']],
    [`${enterprise}:employeeNumber`, '7', [`${enterprise}:employeeNumber eq "7"`]],
  ])('searches by %s for %j', (path, value, filters) => {
    expect(dialect.findUser(path, value).map(({ query }) => query?.['filter'])).toEqual(filters);
  });

  it('removes members one by one through a filter, a hundred a request', () => {
    const ids = Array.from({ length: 101 }, (_, index) => `u${index}`);
    const requests = dialect.changeMembers('g1', { add: ['x'], remove: ids });
    expect(requests.map((request) => operationsOf(request).length)).toEqual([1, 100, 1]);
    expect(operationsOf(requests[0] ?? null)).toEqual([{ op: 'add', path: 'members', value: [{ value: 'x' }] }]);
    expect(operationsOf(requests[2] ?? null)).toEqual([{ op: 'remove', path: 'members[value eq "u100"]' }]);
  });

  describe('once the account was looked at', () => {
    const resource = { emails: [{ type: 'Work', value: 'a@x', primary: true }], title: 'Counsel' };
    const amend = (values: Parameters<typeof dialect.updateUser>[1]) =>
      operationsOf(dialect.amendUser?.('u1', values, resource) ?? null);

    it('adds an element that is not there', () => {
      expect(amend({ 'emails[type eq "home"].value': 'h@x' })).toEqual([
        { op: 'add', path: 'emails', value: [{ type: 'home', value: 'h@x' }] },
      ]);
    });

    it('replaces the list where an element is there that the server’s own filter misses', () => {
      expect(amend({ 'emails[type eq "work"].value': 'b@x' })).toEqual([
        { op: 'replace', path: 'emails', value: [{ type: 'Work', value: 'b@x', primary: true }] },
      ]);
    });

    it('removes the list with its last element, and sends nothing for what is not there', () => {
      expect(amend({ 'emails[type eq "work"].value': null })).toEqual([{ op: 'remove', path: 'emails' }]);
      expect(dialect.amendUser?.('u1', { 'emails[type eq "home"].value': null }, resource)).toBeNull();
    });
  });

  it('encodes every id so that it stays one segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        for (const { path } of [dialect.readUser(id), dialect.readGroup(id)]) {
          expect(path.split('/')).toHaveLength(3);
          expect(path).not.toMatch(/[?#&\\ ]/);
        }
      }),
      { seed: 5 },
    );
  });
});
