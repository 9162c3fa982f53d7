import { buildScimBody, groupSchemaUrn, userSchemaUrn } from '../../lib/mapping/scimBody.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const zoom = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';

test('a create has every value at its place and names every schema it uses', () => {
  const body = buildScimBody({
    userName: 'theo@contoso.example',
    active: true,
    'name.givenName': 'Theo',
    'name.familyName': 'Lind',
    'emails[type eq "work"].value': 'theo@contoso.example',
    'emails[type eq "other"].value': 'lind@contoso.example',
    [`${enterprise}:department`]: 'Legal',
    [`${zoom}:loginType.sso`]: true,
    [`${zoom}:loginType.workEmail`]: false,
  });
  expect(body).toEqual({
    schemas: [userSchemaUrn, enterprise, zoom],
    userName: 'theo@contoso.example',
    active: true,
    name: { givenName: 'Theo', familyName: 'Lind' },
    emails: [
      { type: 'work', value: 'theo@contoso.example', primary: true },
      { type: 'other', value: 'lind@contoso.example' },
    ],
    [enterprise]: { department: 'Legal' },
    [zoom]: { loginType: { sso: true, workEmail: false } },
  });
});

test('a partial write has nothing but what changes', () => {
  expect(buildScimBody({ 'name.familyName': 'Lindqvist' })).toEqual({
    schemas: [userSchemaUrn],
    name: { familyName: 'Lindqvist' },
  });
});

test('a work address is not called primary where another one is', () => {
  const body = buildScimBody({ 'emails[type eq "work"].value': 'a@x', 'emails[primary eq true].value': 'b@x' });
  expect(body.emails).toEqual([
    { type: 'work', value: 'a@x' },
    { primary: true, value: 'b@x' },
  ]);
});

test('a group names the core schema of groups', () => {
  expect(buildScimBody({ displayName: 'Sales' }, groupSchemaUrn)).toEqual({
    schemas: [groupSchemaUrn],
    displayName: 'Sales',
  });
});
