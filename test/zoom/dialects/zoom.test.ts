import fc from 'fast-check';
import { createZoomDialect } from '../../../lib/zoom/dialects/zoom.js';

const dialect = createZoomDialect();
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const zoomUser = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';

describe('the zoom dialect', () => {
  it('creates with POST, single sign-on alone as the way to sign in', () => {
    const values = {
      userName: 'theo.lind@contoso.example',
      'name.givenName': 'Theo',
      'emails[type eq "work"].value': 'theo.lind@contoso.example',
      [`${enterprise}:department`]: 'Legal',
    };
    expect(dialect.createUser(values, true)).toEqual({
      method: 'POST',
      path: '/Users',
      body: {
        schemas: [core, enterprise, zoomUser],
        userName: 'theo.lind@contoso.example',
        name: { givenName: 'Theo' },
        emails: [{ type: 'work', value: 'theo.lind@contoso.example', primary: true }],
        active: true,
        [enterprise]: { department: 'Legal' },
        [zoomUser]: { loginType: { workEmail: false, sso: true } },
      },
    });
  });

  it('leaves the way to sign in to a mapping that names it', () => {
    const { body } = dialect.createUser({ userName: 'a@b.example', [`${zoomUser}:loginType.workEmail`]: true }, false);
    expect(body).toMatchObject({ active: false, [zoomUser]: { loginType: { workEmail: true } } });
  });

  it('updates with a PUT of the named fields alone', () => {
    expect(dialect.updateUser('u1', { 'name.familyName': 'Lindqvist', [`${enterprise}:department`]: 'Legal' })).toEqual(
      {
        method: 'PUT',
        path: '/Users/u1',
        body: { schemas: [core, enterprise], name: { familyName: 'Lindqvist' }, [enterprise]: { department: 'Legal' } },
      },
    );
  });

  it('clears with the empty text, with false and with an empty list, and never sends an empty licence key', () => {
    const profile = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';
    const values = {
      title: null,
      roles: null,
      'phoneNumbers[type eq "work"].value': null,
      [`${enterprise}:department`]: null,
      [`${profile}:pronouns`]: null,
      [`${profile}:zoomWhiteboard`]: null,
      [`${profile}:zoomOneBizPlus`]: null,
    };
    expect(dialect.updateUser('u1', values).body).toEqual({
      schemas: [core, enterprise, profile],
      title: '',
      roles: [],
      phoneNumbers: [{ type: 'work', value: '' }],
      [enterprise]: { department: '' },
      [profile]: { pronouns: '', zoomWhiteboard: false },
    });
  });

  it('changes the state with a PATCH of nothing else, in the spelling that Zoom finds', () => {
    expect(dialect.setUserActive('u1', false)).toEqual({
      method: 'PATCH',
      path: '/Users/u1',
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      },
    });
  });

  it('reads, deletes and lists', () => {
    expect(dialect.readUser('u1')).toEqual({ method: 'GET', path: '/Users/u1' });
    expect(dialect.deleteUser('u1')).toEqual({ method: 'DELETE', path: '/Users/u1' });
    expect(dialect.listUsers(101, 100)).toEqual({
      method: 'GET',
      path: '/Users',
      query: { startIndex: '101', count: '100' },
    });
  });

  it('searches by userName with a quoted value, and by nothing else', () => {
    expect(dialect.findUser('userName', 'a"b\\c@d.example').map(({ query }) => query?.filter)).toEqual([
      'userName eq "a\\"b\\\\c@d.example"',
    ]);
    expect(dialect.findUser('externalId', 'x')).toEqual([]);
    expect(dialect.findUser('emails[type eq "work"].value', 'x')).toEqual([]);
  });

  it('encodes every id so that it stays one segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        const { path } = dialect.readUser(id);
        expect(path.split('/')).toHaveLength(3);
        expect(decodeURIComponent(path.slice('/Users/'.length))).toBe(id);
        expect(path).not.toMatch(/[?#&\\ ]/);
      }),
      { seed: 5 },
    );
  });

  it('changes a group’s members in parts of a hundred, additions first', () => {
    const ids = Array.from({ length: 150 }, (_, index) => `u${index}`);
    const requests = dialect.changeMembers('g/1', { add: ids, remove: ['x'] });
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(3).fill('PATCH /Groups/g%2F1'));
    expect(requests[1]?.body?.Operations).toEqual([
      { op: 'add', path: 'members', value: ids.slice(100).map((value) => ({ value })) },
    ]);
    expect(requests[2]?.body?.Operations).toEqual([{ op: 'remove', path: 'members', value: [{ value: 'x' }] }]);
  });

  it('removes members by a filter where it is told to', () => {
    const [request] = createZoomDialect({ memberRemoval: 'filter' }).changeMembers('g', { add: [], remove: ['a"b'] });
    expect(request?.body?.Operations).toEqual([{ op: 'remove', path: 'members[value eq "a\\"b"]' }]);
  });

  it('creates, renames and deletes groups', () => {
    expect(dialect.createGroup({ displayName: 'Sales' })).toEqual({
      method: 'POST',
      path: '/Groups',
      body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Sales' },
    });
    expect(dialect.updateGroup('g', { displayName: 'EMEA' }).body?.Operations).toEqual([
      { op: 'replace', path: 'displayName', value: 'EMEA' },
    ]);
    expect(dialect.deleteGroup('g')).toEqual({ method: 'DELETE', path: '/Groups/g' });
  });
});
