import { findObjectMapping, toObjectType } from '../../lib/schema/objectMappings.js';
import { draftSchema } from './schemaDraft.js';

test.each([
  ['User', 'user'],
  ['user', 'user'],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', 'user'],
  ['urn:ietf:params:scim:schemas:core:2.0:User', 'user'],
  ['Group', 'group'],
  ['urn:ietf:params:scim:schemas:core:2.0:Group', 'group'],
  ['Device', null],
])('the object name %s', (name, type) => {
  expect(toObjectType(name)).toBe(type);
});

test('a mapping finds its definitions whichever of the two names its object has', () => {
  const draft = draftSchema();
  draft.user.targetObjectName = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  expect(findObjectMapping(draft.schema, 'user')).toMatchObject({
    mapping: draft.user,
    path: 'synchronizationRules[0].objectMappings[0]',
    sourceObject: { name: 'User' },
    targetObject: { name: 'User' },
  });
});

test('a mapping that is off is not in force', () => {
  expect(findObjectMapping(draftSchema().schema, 'group')).toBeNull();
});

test('of several rules the lowest priority number is in force', () => {
  const draft = draftSchema();
  const [rule] = draft.schema.synchronizationRules;
  const [first] = draftSchema().schema.synchronizationRules;
  if (rule === undefined || first === undefined) throw new Error('The built-in schema has a rule');
  draft.schema.synchronizationRules.push({ ...first, id: 'first', priority: 0 });
  expect(findObjectMapping(draft.schema, 'user')?.rule.id).toBe('first');
});

test('a rule that writes into Entra is not ours', () => {
  const draft = draftSchema();
  for (const rule of draft.schema.synchronizationRules) rule.targetDirectoryName = 'Azure Active Directory';
  expect(findObjectMapping(draft.schema, 'user')).toBeNull();
});
