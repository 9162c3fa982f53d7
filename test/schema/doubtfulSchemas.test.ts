import type { FilterClause } from '../../lib/schema/synchronizationSchema.js';
import { validateSchema } from '../../lib/schema/validateSchema.js';
import { draftSchema, functionSource, type SchemaDraft } from './schemaDraft.js';

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

describe('what is only doubtful is a warning', () => {
  const cases: [string, (draft: SchemaDraft) => void, object][] = [
    [
      'a mapping that never has a value',
      (draft) => draft.add({ targetAttributeName: 'title', source: null }),
      { code: 'NeverHasValue' },
    ],
    [
      'an empty expression text',
      (draft) => draft.add({ targetAttributeName: 'title', source: functionSource('""') }),
      { code: 'NeverHasValue' },
    ],
    [
      'a source attribute that nobody reads',
      (draft) => {
        draft.schema.directories?.[0]?.objects?.[0]?.attributes?.push({ name: 'thumbnailPhoto', type: 'Binary' });
        draft.add({ targetAttributeName: 'title', source: functionSource('[thumbnailPhoto]') });
      },
      { code: 'NeverHasValue' },
    ],
    [
      'a pattern without anchors',
      (draft) => scoped(draft, clauseOf('department', 'REGEX MATCH', 'Sales')),
      { code: 'UnanchoredPattern', path: `${clause}.targetOperand.values[0]` },
    ],
    [
      'no matching attribute that Zoom can filter on',
      (draft) => {
        draft.mapping('userName').matchingPriority = 0;
        draft.mapping('displayName').matchingPriority = 1;
      },
      { code: 'MatchNotFilterable' },
    ],
    [
      'two Entra groups that would be one Zoom group',
      (draft) => {
        draft.group.enabled = true;
        for (const one of draft.group.attributeMappings ?? []) {
          if (one.targetAttributeName === 'displayName') one.source = functionSource('Left([displayName], 10)');
        }
      },
      { code: 'GroupsMayMeet', path: 'synchronizationRules[0].objectMappings[1].attributeMappings[0].source' },
    ],
    [
      'a null that clears',
      (draft) => {
        draft.mapping('displayName').flowNullValues = true;
      },
      { code: 'BeyondEntra', path: `${userMapping}.attributeMappings[2].flowNullValues` },
    ],
    [
      'two matching attributes of one priority',
      (draft) => {
        draft.mapping('displayName').matchingPriority = 1;
      },
      { code: 'SharedPriority' },
    ],
    [
      'delete without a word on the policy',
      (draft) => {
        draft.user.flowTypes = 'Add, Update, Delete';
      },
      { code: 'DeleteNeedsPolicy', path: `${userMapping}.flowTypes` },
    ],
    [
      'active not mapped',
      (draft) => {
        draft.mapping('active').targetAttributeName = 'title';
      },
      { code: 'ActiveNotMapped' },
    ],
    [
      'active that does not follow the scope',
      (draft) => Object.assign(draft.mapping('active'), { source: functionSource('[accountEnabled]') }),
      { code: 'ActiveIgnoresScope' },
    ],
    [
      'an attribute of SCIM that Zoom is not known to have',
      (draft) => draft.add({ targetAttributeName: 'nickName', source: functionSource('[givenName]') }),
      { code: 'UnknownTargetAttribute' },
    ],
    [
      'an attribute of an extension that is not known',
      (draft) => draft.add({ targetAttributeName: 'urn:x:2.0:User:badge', source: functionSource('[employeeId]') }),
      { code: 'UnknownTargetAttribute' },
    ],
    [
      'an attribute that is fixed at creation and flows on update',
      (draft) => {
        draft.mapping('urn:us:zoom:scim:schemas:extension:1.0:ZoomUser:loginType.sso').flowType = 'Always';
      },
      { code: 'ImmutableTarget', expected: 'flowType ObjectAddOnly' },
    ],
    [
      'a filter on several values',
      (draft) => scoped(draft, clauseOf('proxyAddresses', 'Includes', '@contoso.example')),
      { code: 'BeyondEntra', path: `${clause}.sourceOperandName` },
    ],
    [
      'a filter on a date',
      (draft) => scoped(draft, clauseOf('employeeHireDate', 'Greater_Than', '2026-01-31')),
      { code: 'BeyondEntra', path: `${clause}.targetOperand.values[0]` },
    ],
    [
      'a filter on membership',
      (draft) => scoped(draft, clauseOf('objectId', 'IsMemberOf', 'g1')),
      { code: 'BeyondEntra', path: `${clause}.operatorName` },
    ],
    [
      'an operator on a type that it does not suit',
      (draft) => scoped(draft, clauseOf('accountEnabled', 'Includes', 'r')),
      { code: 'OperatorType' },
    ],
    [
      'a filter group without a clause',
      (draft) => {
        draft.user.scope = { groups: [{ clauses: [] }] };
      },
      { code: 'EmptyFilterGroup' },
    ],
    [
      'a second mapping for users',
      (draft) => draft.schema.synchronizationRules[0]?.objectMappings?.push(draft.user),
      { code: 'NotInForce', path: 'synchronizationRules[0].objectMappings[2]' },
    ],
    [
      'a backslash before a character that needs none',
      (draft) => Object.assign(draft.mapping('displayName'), { source: functionSource('Append([mail], "\\d")') }),
      { code: 'UnknownEscape' },
    ],
  ];
  test.each(cases)('%s', (_, change, expected) => {
    const draft = draftSchema();
    change(draft);
    const result = validateSchema(draft.schema);
    expect(result.kind).toBe('valid');
    expect(result.warnings).toContainEqual(expect.objectContaining(expected));
  });
});
