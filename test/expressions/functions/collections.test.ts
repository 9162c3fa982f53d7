import { errorOf, resultOf } from '../evaluateText.js';

test.each([
  ['Count([many])', '3'],
  ['Count([none])', '0'],
  ['Count("a")', '1'],
  ['Count([nothing])', '0'],
  ['Item([many], 3)', 'a'],
  ['Item("single", 1)', 'single'],
  ['RemoveDuplicates([many])', ['a', 'A']],
  ['RemoveDuplicates([none])', null],
  ['RemoveDuplicates([nothing])', []],
  ['Item([appRoleAssignments], 1)', '{"id":"1","value":"V","displayName":"D"}'],
  ['RemoveDuplicates([one])', ['x']],
])('%s', (text, expected) => {
  const appRoleAssignments = [{ id: '1', displayName: 'D', value: 'V' }];
  expect(resultOf(text, { many: ['a', 'A', 'a'], nothing: [], one: ['x'], appRoleAssignments })).toEqual(expected);
});

test('an index outside the collection is an error', () => {
  for (const index of ['0', '-1', '4'])
    expect(errorOf(`Item([many], ${index})`, { many: ['a', 'b', 'c'] })).toBe('OutOfRange');
  expect(errorOf('Item([none], 1)')).toBe('OutOfRange');
});
