import { filterOperators, findFilterOperator } from '../../lib/schema/filterOperators.js';

test('there are the fourteen operators of Entra and IsMemberOf', () => {
  expect(filterOperators.map(({ name }) => name)).toEqual([
    'EQUALS',
    'NOT EQUALS',
    'IS TRUE',
    'IS FALSE',
    'IS NULL',
    'IS NOT NULL',
    'REGEX MATCH',
    'NOT REGEX MATCH',
    'Greater_Than',
    'Greater_Than_OR_EQUALS',
    'Includes',
    'ENDS_WITH',
    '&',
    '!&',
    'IsMemberOf',
  ]);
});

test.each([
  ['greater than', 'greaterThan'],
  ['GREATER_THAN_OR_EQUALS', 'greaterThanOrEquals'],
  ['not  equals', 'notEquals'],
  ['INCLUDES', 'includes'],
])('%s is found however documents spell it', (name, kind) => {
  expect(findFilterOperator(name)?.kind).toBe(kind);
});
