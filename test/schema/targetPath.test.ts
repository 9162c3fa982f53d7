import { parseTargetPath } from '../../lib/schema/targetPath.js';

const stepsOf = (text: string) => {
  const result = parseTargetPath(text);
  return result.kind === 'path' ? { urn: result.path.urn, steps: result.path.steps } : result;
};
const plain = (name: string) => ({ name, conditions: [] });

describe('a target path is taken apart', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const zoom = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
  const work = { name: 'emails', conditions: [{ attribute: 'type', value: 'work' }] };
  test.each([
    ['active', { urn: null, steps: [plain('active')] }],
    ['name.givenName', { urn: null, steps: [plain('name'), plain('givenName')] }],
    ['emails[type eq "work"].value', { urn: null, steps: [work, plain('value')] }],
    ['emails[ type EQ "work" ].value', { urn: null, steps: [work, plain('value')] }],
    [
      'roles[primary eq "True"].value',
      { urn: null, steps: [{ name: 'roles', conditions: [{ attribute: 'primary', value: true }] }, plain('value')] },
    ],
    [
      'addresses[type eq "work" and primary eq false].postalCode',
      {
        urn: null,
        steps: [
          {
            name: 'addresses',
            conditions: [
              { attribute: 'type', value: 'work' },
              { attribute: 'primary', value: false },
            ],
          },
          plain('postalCode'),
        ],
      },
    ],
    [
      'x[label eq "a]b.c\\"d:e"].value',
      { urn: null, steps: [{ name: 'x', conditions: [{ attribute: 'label', value: 'a]b.c"d:e' }] }, plain('value')] },
    ],
    [`${enterprise}:department`, { urn: enterprise, steps: [plain('department')] }],
    [`${zoom}:loginType.sso`, { urn: zoom, steps: [plain('loginType'), plain('sso')] }],
    [
      `${enterprise}:${'codes'}[type eq "a:b"].value`,
      {
        urn: enterprise,
        steps: [{ name: 'codes', conditions: [{ attribute: 'type', value: 'a:b' }] }, plain('value')],
      },
    ],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:name.givenName',
      { urn: null, steps: [plain('name'), plain('givenName')] },
    ],
  ])('%s', (text, expected) => {
    expect(stepsOf(text)).toEqual(expected);
  });
});

describe('a text that is no path is refused with the place', () => {
  test.each([
    ['', 0, 'an attribute name'],
    ['name.', 5, 'an attribute name'],
    ['name givenName', 4, 'a dot, a selector in brackets or the end of the path'],
    ['emails[type eq work].value', 15, 'a value in double quotes, true, false or a number'],
    ['emails[type ne "work"].value', 7, 'a condition such as type eq "work"'],
    ['emails[type eq "work".value', 21, 'and, or a closing bracket'],
    ['urn:a:b:2.0:User:', 17, 'an attribute name'],
  ])('%s', (text, position, expected) => {
    expect(parseTargetPath(text)).toEqual({ kind: 'invalid', position, expected });
  });
});
