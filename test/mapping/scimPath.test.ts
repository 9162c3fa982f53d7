import fc from 'fast-check';
import type { JsonObject } from '../../lib/mapping/json.js';
import { readScimPath, readScimValues, toTargetPath, writeScimPath } from '../../lib/mapping/scimPath.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const zoom = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
const resource: JsonObject = {
  userName: 'mina@contoso.example',
  Active: true,
  name: { GivenName: 'Mina' },
  emails: [
    { type: 'home', value: 'h@x.example' },
    { type: 'Work', value: 'w1@x.example' },
    { type: 'work', value: 'w2@x.example', primary: 'true' },
  ],
  roles: [{ value: 'Admin' }, { value: 'Member', primary: true }],
  phoneNumbers: { type: 'work', value: '+1 2025550143' },
  groups: [],
  [enterprise.toUpperCase()]: { department: 'Sales', manager: { value: 'm1', displayName: 'Boss' } },
  [zoom]: { loginType: { sso: true, workEmail: false } },
};

describe('reading a SCIM resource', () => {
  test.each([
    ['active', true],
    ['name.givenName', 'Mina'],
    ['name.familyName', undefined],
    ['title', undefined],
    ['emails[type eq "work"].value', 'w2@x.example'],
    ['emails[type eq "other"].value', undefined],
    ['emails.value', 'w2@x.example'],
    ['roles[primary eq "True"].value', 'Member'],
    ['roles[primary eq "False"].value', 'Admin'],
    ['phoneNumbers[type eq "work"].value', '+1 2025550143'],
    ['phoneNumbers[type eq "mobile"].value', undefined],
    ['groups', []],
    [`${enterprise}:department`, 'Sales'],
    [`${enterprise}:manager`, 'm1'],
    [`${enterprise}:manager.displayName`, 'Boss'],
    [`${zoom}:loginType.sso`, true],
    ['urn:other:2.0:User:x', undefined],
    ['userName.value', undefined],
  ])('%s', (path, expected) => {
    expect(readScimPath(resource, path)).toEqual(expected);
  });

  test('all elements that fit are found, the primary one first', () => {
    expect(readScimValues(resource, 'emails[type eq "work"].value')).toEqual(['w2@x.example', 'w1@x.example']);
  });

  test('a manager written as plain text or in a list is read as its id', () => {
    expect(readScimPath({ [enterprise]: { manager: 'm1' } }, `${enterprise}:manager`)).toBe('m1');
    expect(readScimPath({ [enterprise]: { manager: [{ value: 'm1' }] } }, `${enterprise}:manager`)).toBe('m1');
  });
});

describe('writing a SCIM resource', () => {
  test('a selector becomes the members it asks for', () => {
    expect(writeScimPath({}, 'roles[primary eq "True"].value', 'Admin')).toEqual({
      roles: [{ primary: true, value: 'Admin' }],
    });
  });

  test('other elements and members stay as they are', () => {
    expect(writeScimPath(resource, 'emails[type eq "home"].value', 'new@x.example').emails).toEqual([
      { type: 'Work', value: 'w1@x.example' },
      { type: 'work', value: 'w2@x.example', primary: 'true' },
      { type: 'home', value: 'new@x.example' },
    ]);
  });

  test('a list at a selected path makes one element a value', () => {
    expect(writeScimPath({}, 'emails[type eq "other"].value', ['a@x', 'b@x'])).toEqual({
      emails: [
        { type: 'other', value: 'a@x' },
        { type: 'other', value: 'b@x' },
      ],
    });
  });

  test('a path without a selector into a list changes the primary element', () => {
    expect(writeScimPath(resource, 'roles.value', 'Owner').roles).toEqual([
      { value: 'Admin' },
      { value: 'Owner', primary: true },
    ]);
    expect(writeScimPath({ roles: [] }, 'roles.value', 'Owner')).toEqual({ roles: [{ value: 'Owner' }] });
  });

  test('a manager is written as the reference that SCIM wants', () => {
    expect(writeScimPath({}, `${enterprise}:manager`, 'm1')).toEqual({ [enterprise]: { manager: { value: 'm1' } } });
  });

  test('the resource that was given is not changed', () => {
    const before = structuredClone(resource);
    writeScimPath(resource, 'name.givenName', 'Other');
    expect(resource).toEqual(before);
  });
});

test('a text that is no path names the position', () => {
  expect(() => toTargetPath('name..x')).toThrow('Target path "name..x": expected an attribute name at position 5');
});

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,6}$/);
  const selector = fc
    .tuple(name, fc.string({ minLength: 1, maxLength: 6 }))
    .map(([attribute, value]) => `[${attribute} eq "${value.replace(/["\\]/g, '\\$&')}"].value`);
  const path = fc
    .tuple(
      fc.constantFrom('', `${enterprise}:`, `${zoom}:`),
      fc.oneof(name, fc.constantFrom('emails', 'roles', 'name', 'groups')),
      fc.oneof(
        fc.constant(''),
        name.map((sub) => `.${sub}`),
        selector,
      ),
    )
    .map((parts) => parts.join(''))
    .filter((text) => !/manager$/i.test(text) && !/\[value eq/i.test(text));
  const value = fc.oneof(fc.string(), fc.boolean(), fc.integer());

  test('what was written is read, whatever stood there', () => {
    fc.assert(
      fc.property(path, value, fc.constantFrom<JsonObject>({}, resource), (text, written, before) => {
        expect(readScimPath(writeScimPath(before, text, written), text)).toEqual(written);
      }),
    );
  });

  test('writing twice is writing once', () => {
    fc.assert(
      fc.property(path, value, (text, written) => {
        const once = writeScimPath(resource, text, written);
        expect(writeScimPath(once, text, written)).toEqual(once);
      }),
    );
  });
});
