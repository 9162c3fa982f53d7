import { checkGraphType } from './checkGraphType.js';

const mapping = {
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority: 1,
  source: { expression: '[mail]', name: 'mail', type: 'Attribute', parameters: [] },
  targetAttributeName: 'userName',
};

const execution = {
  activityIdentifier: 'c1',
  countEntitled: 1,
  countEntitledForProvisioning: 1,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  countExported: 0,
  countExports: 0,
  countImported: 0,
  countImportedDeltas: 0,
  countImportedReferenceDeltas: 0,
  state: 'Succeeded',
  timeBegan: '2026-08-01T10:00:00Z',
  timeEnded: '2026-08-01T10:00:01.5Z',
};

describe("a value checked against a type of Graph's metadata", () => {
  it.each([
    ['a complex value', 'attributeMapping', mapping],
    ['numbers, dates and enumerations', 'synchronizationTaskExecution', execution],
    ['several flags', 'objectFlowTypes', 'Add,Update, Delete'],
    ['a duration', 'Duration', 'PT40M'],
    [
      'members of a base type and of an open one',
      'initiator',
      { id: 'x', displayName: null, initiatorType: 'user', ip: 1 },
    ],
    [
      'annotations and what can be navigated to',
      'synchronizationJob',
      { '@odata.context': 'x', id: 'j', schema: { id: 's' } },
    ],
    ['a collection', 'Collection(keyValuePair)', [{ name: 'a', value: null }]],
  ])('passes: %s', (_case, type, value) => {
    expect(checkGraphType(type, value)).toEqual([]);
  });

  it.each<[string, string, unknown, string]>([
    [
      'misspelt',
      'attributeMapping',
      { ...mapping, flowtype: 'Always' },
      '$.flowtype: attributeMapping has no such member',
    ],
    ['null', 'attributeMapping', { ...mapping, flowType: null }, '$.flowType: must not be null'],
    [
      'deeper',
      'attributeMapping',
      { ...mapping, source: { type: 'attribute' } },
      '$.source.type: "attribute" is not a value of',
    ],
    [
      'of another type',
      'attributeMapping',
      { ...mapping, matchingPriority: '1' },
      '$.matchingPriority: wanted Int32, found string "1"',
    ],
    [
      'no date',
      'synchronizationTaskExecution',
      { ...execution, timeEnded: 'today' },
      '$.timeEnded: wanted DateTimeOffset',
    ],
    ['in a list', 'Collection(keyValuePair)', [{ name: 'a' }, { value: 'b' }], '$[1].name: missing in keyValuePair'],
    ['no list', 'Collection(keyValuePair)', {}, '$: wanted Collection(keyValuePair), found object {}'],
    ['no flag', 'objectFlowTypes', 'Add;Update', '$: "Add;Update" is not a value of objectFlowTypes'],
  ])('tells a member that is %s', (_case, type, value, line) => {
    expect(checkGraphType(type, value)).toEqual([expect.stringContaining(line)]);
  });

  it('asks for members that may be null only when told to', () => {
    const answer = { parsingSucceeded: true, evaluationSucceeded: false };
    expect(checkGraphType('parseExpressionResponse', answer)).toEqual([]);
    expect(checkGraphType('parseExpressionResponse', answer, { everyMember: true })).toEqual([
      '$.error: missing in parseExpressionResponse',
      '$.evaluationResult: missing in parseExpressionResponse',
      '$.parsedExpression: missing in parseExpressionResponse',
    ]);
  });

  it('throws where the metadata has no such type', () => {
    expect(() => checkGraphType('synchronisationJob', {})).toThrow("Graph's metadata has no type synchronisationJob");
  });
});
