import fc from 'fast-check';
import { clearScimPath } from '../../lib/mapping/clearScimPath.js';
import type { JsonObject } from '../../lib/mapping/json.js';
import { readScimPath, writeScimPath } from '../../lib/mapping/scimPath.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const resource: JsonObject = {
  Title: 'Counsel',
  name: { givenName: 'Mina', familyName: 'Okoro' },
  emails: [
    { type: 'Work', value: 'w@x.example' },
    { type: 'home', value: 'h@x.example' },
  ],
  addresses: [{ type: 'work', locality: 'Oslo', country: 'NO' }],
  roles: [{ value: 'A' }, { value: 'B', primary: true }],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
};

describe('clearing a path of a resource', () => {
  test.each<[string, Partial<JsonObject>]>([
    ['title', { Title: undefined }],
    ['name.givenName', { name: { familyName: 'Okoro' } }],
    ['emails[type eq "work"].value', { emails: [{ type: 'home', value: 'h@x.example' }] }],
    ['emails[type eq "work"]', { emails: [{ type: 'home', value: 'h@x.example' }] }],
    ['addresses[type eq "work"].locality', { addresses: [{ type: 'work', country: 'NO' }] }],
    ['roles.value', { roles: [{ value: 'A' }, { primary: true }] }],
    ['roles', { roles: undefined }],
    [`${enterprise}:department`, { [enterprise]: { manager: { value: 'm1' } } }],
    [`${enterprise}:manager`, { [enterprise]: { department: 'Sales' } }],
  ])('%s', (path, change) => {
    expect(clearScimPath(resource, path)).toEqual({ ...resource, ...change });
  });

  test.each(['nickName', 'name.middleName', 'emails[type eq "other"].value', 'urn:other:2.0:User:x', 'title.x'])(
    'what is not there (%s) stays so',
    (path) => {
      expect(clearScimPath(resource, path)).toEqual(resource);
    },
  );

  test('the last element takes its list with it', () => {
    expect(clearScimPath({ emails: [{ type: 'work', value: 'a@x' }] }, 'emails[type eq "work"].value')).toEqual({});
  });

  test('nothing is read after it, whatever was written before', () => {
    const paths = fc.constantFrom(
      'title',
      'name.givenName',
      'emails[type eq "work"].value',
      'roles[primary eq "True"].display',
      `${enterprise}:department`,
      `${enterprise}:manager`,
    );
    fc.assert(
      fc.property(paths, fc.string(), fc.constantFrom<JsonObject>({}, resource), (path, value, before) => {
        expect(readScimPath(clearScimPath(writeScimPath(before, path, value), path), path)).toBeUndefined();
      }),
    );
  });
});
