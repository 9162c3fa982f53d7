import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import type { FilterClause } from '../../lib/schema/synchronizationSchema.js';
import { validateSchema } from '../../lib/schema/validateSchema.js';
import { draftSchema, functionSource, type SchemaDraft } from './schemaDraft.js';

const errorsOf = (json: unknown) => {
  const result = validateSchema(json);
  return result.kind === 'invalid' ? result.errors : [];
};
const scoped = (draft: SchemaDraft, clause: FilterClause) => {
  draft.user.scope = { groups: [{ name: 'only', clauses: [clause] }] };
};
const clauseOf = (sourceOperandName: string, operatorName: string, ...values: string[]): FilterClause => ({
  sourceOperandName,
  operatorName,
  targetOperand: { values },
});
const userMapping = 'synchronizationRules[0].objectMappings[0]';
const clause = `${userMapping}.scope.groups[0].clauses[0]`;

test('the built-in schema is valid and gives no warning', () => {
  expect(validateSchema(builtInZoomSchema)).toEqual({ kind: 'valid', schema: builtInZoomSchema, warnings: [] });
});

test('a valid schema comes back as the very object that was given', () => {
  const { schema } = draftSchema();
  const result = validateSchema(schema);
  expect(result.kind === 'valid' && result.schema).toBe(schema);
});

describe('what has not the shape of a schema is refused', () => {
  test.each([
    ['nothing', null, '$', 'Found null', 'a value of type object'],
    ['a list', [], '$', 'Found an array', 'a value of type object'],
    ['no rules', {}, 'synchronizationRules', 'Found nothing', 'a value of type array'],
    [
      'a rule that is a text',
      { synchronizationRules: ['x'] },
      'synchronizationRules[0]',
      'Found "x"',
      'a value of type object',
    ],
  ])('%s', (_, json, path, message, expected) => {
    expect(errorsOf(json)).toEqual([{ code: 'InvalidShape', path, message, expected, position: null, nearest: null }]);
  });

  test('a misspelt name of an enumeration is told with the nearest', () => {
    const draft = draftSchema();
    const json = JSON.parse(JSON.stringify(draft.schema).replace('"flowType":"Always"', '"flowType":"Allways"'));
    expect(errorsOf(json)).toEqual([
      expect.objectContaining({
        path: `${userMapping}.attributeMappings[0].flowType`,
        message: 'Found "Allways"',
        expected: 'one of Always, ObjectAddOnly, MultiValueAddOnly, ValueAddOnly, AttributeAddOnly',
        nearest: 'Always',
      }),
    ]);
  });

  test('a negative priority is refused', () => {
    const draft = draftSchema();
    draft.mapping('userName').matchingPriority = -1;
    expect(errorsOf(draft.schema)).toEqual([
      expect.objectContaining({ path: `${draft.pathOf('userName')}.matchingPriority`, expected: '0 or more' }),
    ]);
  });
});

describe('a mistake is an error with its place and remedy', () => {
  const cases: [string, (draft: SchemaDraft) => void, object][] = [
    [
      'a syntax error in an expression',
      (draft) => Object.assign(draft.mapping('displayName'), { source: functionSource('Join(" ", [surname]') }),
      { code: 'UnexpectedEnd', path: `${userMapping}.attributeMappings[2].source.expression`, position: 19 },
    ],
    [
      'a misspelt function',
      (draft) => Object.assign(draft.mapping('displayName'), { source: functionSource('ToLowr([mail])') }),
      { code: 'UnknownFunction', position: 0, nearest: 'ToLower' },
    ],
    [
      'a misspelt source attribute inside an expression',
      (draft) => Object.assign(draft.mapping('displayName'), { source: functionSource('ToLower([Surname])') }),
      { code: 'UnknownSourceAttribute', position: 8, nearest: 'surname' },
    ],
    [
      'a misspelt source attribute of a direct mapping',
      (draft) => {
        draft.mapping('displayName').source = { type: 'Attribute', name: 'displayNme' };
      },
      {
        code: 'UnknownSourceAttribute',
        path: `${userMapping}.attributeMappings[2].source.name`,
        nearest: 'displayName',
      },
    ],
    [
      'a directory extension that can be none',
      (draft) => Object.assign(draft.mapping('displayName'), { source: functionSource('[extension_abc_code]') }),
      { code: 'UnknownSourceAttribute' },
    ],
    [
      'app roles mapped directly',
      (draft) => Object.assign(draft.mapping('userType'), { source: functionSource('[appRoleAssignments]') }),
      { code: 'RolesMappedDirectly' },
    ],
    [
      'a target that is no path',
      (draft) => {
        draft.mapping('displayName').targetAttributeName = 'emails[type eq work].value';
      },
      { code: 'InvalidTargetPath', position: 15, nearest: 'emails[type eq "work"].value' },
    ],
    [
      'a misspelt target attribute',
      (draft) => {
        draft.mapping('displayName').targetAttributeName = 'displaName';
      },
      {
        code: 'UnknownTargetAttribute',
        path: `${userMapping}.attributeMappings[2].targetAttributeName`,
        nearest: 'displayName',
      },
    ],
    [
      'the key of the target',
      (draft) => {
        draft.mapping('displayName').targetAttributeName = 'id';
      },
      { code: 'AnchorMapped' },
    ],
    [
      'a target that can only be read',
      (draft) => {
        draft.mapping('displayName').targetAttributeName = 'groups';
      },
      { code: 'ReadOnlyTarget' },
    ],
    [
      'one target mapped twice',
      (draft) => draft.add({ ...draft.mapping('displayName'), targetAttributeName: 'DisplayName' }),
      { code: 'RepeatedTarget', message: expect.stringContaining(`${userMapping}.attributeMappings[2]`) },
    ],
    [
      'a default that is no Boolean for a Boolean',
      (draft) => {
        draft.mapping('active').defaultValue = 'yes';
      },
      { code: 'ValueType', path: `${userMapping}.attributeMappings[1].defaultValue`, expected: 'True or False' },
    ],
    [
      'a constant that is no Boolean for a Boolean',
      (draft) => Object.assign(draft.mapping('active'), { source: { type: 'Constant', expression: '"on"' } }),
      { code: 'ValueType' },
    ],
    [
      'nothing to match by',
      (draft) => {
        draft.mapping('userName').matchingPriority = 0;
      },
      { code: 'NoMatchingAttribute', path: `${userMapping}.attributeMappings` },
    ],
    [
      'a fixed text to match by',
      (draft) =>
        Object.assign(draft.mapping('userName'), { source: { type: 'Constant', expression: '"a@x.example"' } }),
      { code: 'FixedMatch', path: `${userMapping}.attributeMappings[0].source` },
    ],
    [
      'a required target without a mapping',
      (draft) => {
        draft.mapping('displayName').matchingPriority = 1;
        draft.mapping('userName').targetAttributeName = 'title';
      },
      { code: 'RequiredNotMapped', message: 'The target requires "userName" and nothing is mapped to it' },
    ],
    [
      'a misspelt action',
      (draft) => {
        draft.user.flowTypes = 'Add, Updte';
      },
      { code: 'UnknownFlowType', path: `${userMapping}.flowTypes`, nearest: 'Update' },
    ],
    [
      'a unique value that would flow on update',
      (draft) =>
        Object.assign(draft.mapping('displayName'), { source: functionSource('SelectUniqueValue([mail], [surname])') }),
      { code: 'UniqueValueOnUpdate', expected: 'flowType ObjectAddOnly' },
    ],
    [
      'a misspelt object',
      (draft) => {
        draft.user.targetObjectName = 'Usr';
      },
      { code: 'UnknownObject', path: `${userMapping}.targetObjectName`, nearest: 'User' },
    ],
    [
      'a group provisioned as a user',
      (draft) => {
        draft.group.targetObjectName = 'User';
      },
      { code: 'ObjectMismatch' },
    ],
    [
      'no mapping for users',
      (draft) => {
        draft.user.enabled = false;
      },
      { code: 'NoUserMapping', path: 'synchronizationRules' },
    ],
    [
      'a directory that is not there',
      (draft) => {
        for (const rule of draft.schema.synchronizationRules) rule.targetDirectoryName = 'Zoo';
      },
      { code: 'UnknownDirectory', path: 'synchronizationRules[0].targetDirectoryName', nearest: 'Zoom' },
    ],
    [
      'a misspelt operator',
      (draft) => scoped(draft, clauseOf('department', 'EQUAL', 'Sales')),
      { code: 'UnknownOperator', path: `${clause}.operatorName`, nearest: 'EQUALS' },
    ],
    [
      'an operator without a value',
      (draft) => scoped(draft, clauseOf('department', 'EQUALS')),
      { code: 'MissingOperand', path: `${clause}.targetOperand.values` },
    ],
    [
      'a filter on an attribute that is not there',
      (draft) => scoped(draft, clauseOf('departement', 'EQUALS', 'Sales')),
      { code: 'UnknownSourceAttribute', path: `${clause}.sourceOperandName`, nearest: 'department' },
    ],
    [
      'a pattern that does not compile',
      (draft) => scoped(draft, clauseOf('department', 'REGEX MATCH', '^(Sales$')),
      { code: 'InvalidPattern', path: `${clause}.targetOperand.values[0]` },
    ],
    [
      'a comparison with something that is no number',
      (draft) => scoped(draft, clauseOf('employeeId', 'Greater_Than', 'ten')),
      { code: 'OperandType' },
    ],
    [
      'a filter value that is too long',
      (draft) => scoped(draft, clauseOf('department', 'EQUALS', 'x'.repeat(10_001))),
      { code: 'TooLong' },
    ],
  ];
  test.each(cases)('%s', (_, change, expected) => {
    const draft = draftSchema();
    change(draft);
    expect(errorsOf(draft.schema)).toContainEqual(expect.objectContaining(expected));
  });

  test('every mistake is told at once', () => {
    const draft = draftSchema();
    draft.mapping('displayName').targetAttributeName = 'displaName';
    draft.mapping('name.givenName').source = functionSource('Nope([x])');
    draft.user.flowTypes = 'Ad';
    expect(errorsOf(draft.schema).map(({ code }) => code)).toEqual([
      'UnknownFlowType',
      'UnknownTargetAttribute',
      'UnknownFunction',
    ]);
  });
});

test('directory extensions and names of Graph are attributes like any other', () => {
  const draft = draftSchema();
  const extension = `[extension_${'0123456789abcdef'.repeat(2)}_costCenter]`;
  draft.add({ targetAttributeName: 'title', source: functionSource(`Join(" ", ${extension}, [mobilePhone])`) });
  expect(validateSchema(draft.schema)).toMatchObject({ kind: 'valid', warnings: [] });
});
