import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { putSchema } from '../../lib/api/schema.js';
import { openSchemaDoors, type SchemaDoors } from '../fakes/schemaDoors.js';

const exported = readFileSync(join(process.cwd(), 'test/schema/fixtures/entraExport.json'), 'utf8');
const users = 'synchronizationRules[0].objectMappings[1]';
const groups = 'synchronizationRules[0].objectMappings[0]';
const userName = `${users}.attributeMappings[0]`;
const active = `${users}.attributeMappings[1]`;
const displayName = `${users}.attributeMappings[2]`;
const clause = (index: number) => `${users}.scope.groups[0].clauses[${index}]`;

/** One change to the text of the export; the file, what is put in place of what, and where and why it is refused. */
const files: readonly (readonly [string, string | RegExp, string, string, string | RegExp])[] = [
  ['cut off', /"directories": \[[\s\S]*$/, '', '$', 'The document ends too early'],
  [
    'a comma too many',
    '"synchronizationRules": [',
    '"synchronizationRules": [,',
    '$',
    /At position \d+.*a value or \]/,
  ],
  ['no rules', '"synchronizationRules": [', '"rules": [', 'synchronizationRules', 'Found nothing'],
  [
    'a rule that is none',
    '"synchronizationRules": [',
    '"synchronizationRules": ["x",',
    'synchronizationRules[0]',
    'Found "x"',
  ],
  [
    'an unknown flow type',
    '"flowType": "ObjectAddOnly"',
    '"flowType": "ObjectAdOnly"',
    `${users}.attributeMappings[11].flowType`,
    'Did you mean "ObjectAddOnly"?',
  ],
  [
    'an unknown source type',
    /"type": "Function"\s*\},\s*"targetAttributeName": "active"/,
    '"type": "Funktion"},"targetAttributeName": "active"',
    `${active}.source.type`,
    'Did you mean "Function"?',
  ],
  [
    'a priority that is a text',
    '"matchingPriority": 1,\n              "source": {\n                "expression": "[userPrincipalName]"',
    '"matchingPriority": "1",\n              "source": {\n                "expression": "[userPrincipalName]"',
    `${userName}.matchingPriority`,
    'Expected a value of type number',
  ],
  [
    'an unknown function',
    'Join(\\" \\", [givenName]',
    'Jion(\\" \\", [givenName]',
    `${displayName}.source.expression`,
    /Jion.*Join/,
  ],
  [
    'an open parenthesis',
    '[givenName], [surname])",',
    '[givenName], [surname]",',
    `${displayName}.source.expression`,
    /At position \d+/,
  ],
  [
    'an argument missing',
    'Join(\\" \\", [givenName], [surname])',
    'Join()',
    `${displayName}.source.expression`,
    'At position',
  ],
  [
    'an unknown attribute in an expression',
    'Join(\\" \\", [givenName], [surname])',
    'Join(\\" \\", [GivenName], [surname])',
    `${displayName}.source.expression`,
    'Did you mean "givenName"?',
  ],
  [
    'a Switch without a result',
    '[IsSoftDeleted], , \\"False\\", \\"True\\", \\"True\\", \\"False\\")',
    '[IsSoftDeleted], , \\"False\\", \\"True\\", \\"True\\")',
    `${active}.source.expression`,
    'At position',
  ],
  [
    'roles mapped directly',
    '"SingleAppRoleAssignment([appRoleAssignments])"',
    '"[appRoleAssignments]"',
    `${users}.attributeMappings[13].source.expression`,
    'SingleAppRoleAssignment',
  ],
  [
    'an unknown target',
    '"targetAttributeName": "title"',
    '"targetAttributeName": "titel"',
    `${users}.attributeMappings[6].targetAttributeName`,
    'Did you mean "title"?',
  ],
  [
    'a target that is no path',
    '"targetAttributeName": "emails[type eq \\"work\\"].value"',
    '"targetAttributeName": "emails[type = \\"work\\"].value"',
    `${users}.attributeMappings[5].targetAttributeName`,
    /At position 7.*emails/,
  ],
  [
    'the key of the target',
    '"targetAttributeName": "title"',
    '"targetAttributeName": "id"',
    `${users}.attributeMappings[6].targetAttributeName`,
    'own key',
  ],
  [
    'a target that can only be read',
    '"targetAttributeName": "title"',
    '"targetAttributeName": "groups"',
    `${users}.attributeMappings[6].targetAttributeName`,
    'can only be read',
  ],
  [
    'one target mapped twice',
    '"targetAttributeName": "title"',
    '"targetAttributeName": "displayName"',
    `${users}.attributeMappings[6].targetAttributeName`,
    'mapped already',
  ],
  [
    'nothing to match by',
    '"matchingPriority": 1,\n              "source": {\n                "expression": "[userPrincipalName]"',
    '"matchingPriority": 0,\n              "source": {\n                "expression": "[userPrincipalName]"',
    `${users}.attributeMappings`,
    'No attribute is used to match',
  ],
  [
    'a fixed text to match by',
    '"expression": "[userPrincipalName]",\n                "name": "userPrincipalName",\n                "parameters": [],\n                "type": "Attribute"',
    '"expression": "\\"x@y.example\\"",\n                "name": "x@y.example",\n                "parameters": [],\n                "type": "Constant"',
    `${userName}.source`,
    'Every user would be matched',
  ],
  [
    'an unknown action',
    /"flowTypes": "Add, Update, Delete"(?![\s\S]*"flowTypes")/,
    '"flowTypes": "Add, Updat"',
    `${users}.flowTypes`,
    'Did you mean "Update"?',
  ],
  [
    'an unknown object',
    '"targetObjectName": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    '"targetObjectName": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:Usr"',
    `${users}.targetObjectName`,
    'Did you mean "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"?',
  ],
  [
    'users as groups',
    '"targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:Group"',
    '"targetObjectName": "User"',
    `${groups}.targetObjectName`,
    'A group cannot be provisioned as a user',
  ],
  [
    'users switched off',
    /"enabled": true/,
    '"enabled": false',
    'synchronizationRules',
    'No enabled object mapping is for users',
  ],
  [
    'an unknown directory',
    '"targetDirectoryName": "Zoom"',
    '"targetDirectoryName": "Zoon"',
    'synchronizationRules[0].targetDirectoryName',
    'Did you mean "Zoom"?',
  ],
  [
    'an unknown operator',
    '"operatorName": "IS TRUE"',
    '"operatorName": "IS TRU"',
    `${clause(1)}.operatorName`,
    'Did you mean "IS TRUE"?',
  ],
  [
    'a filter on nothing',
    '"sourceOperandName": "accountEnabled"',
    '"sourceOperandName": "accountEnable"',
    `${clause(1)}.sourceOperandName`,
    'Did you mean "accountEnabled"?',
  ],
  ['a filter without a value', /"\^adm-[^"]*"/, '', `${clause(0)}.targetOperand.values`, 'nothing to compare with'],
  ['a pattern that does not compile', '"^adm-.*', '"^(adm-.*', `${clause(0)}.targetOperand.values[0]`, /.+/],
];

describe('a broken schema file is refused with its path and reason, and the saved one stays in force:', () => {
  let doors: SchemaDoors;
  beforeAll(async () => {
    doors = await openSchemaDoors();
    await doors.call(putSchema, { body: exported });
  });

  it.each(files)('%s', async (_name, find, put, path, reason) => {
    const broken = exported.replace(find, () => put);
    expect(broken).not.toBe(exported);
    const refusal: unknown = await doors.call(putSchema, { body: broken }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      status: 400,
      details: expect.arrayContaining([
        expect.objectContaining({
          target: path,
          message: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason),
        }),
      ]),
    });
    expect(await doors.schemas.current()).toMatchObject({ text: exported, version: { version: 2 } });
  });
});
