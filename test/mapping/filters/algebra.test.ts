import fc from 'fast-check';
import type { Attributes } from '../../../lib/expressions/attributes.js';
import { compileScopeFilter } from '../../../lib/mapping/filters/scopeFilter.js';
import type { FilterClause } from '../../../lib/schema/synchronizationSchema.js';

const passes = (groups: readonly (readonly FilterClause[])[], attributes: Attributes): boolean =>
  compileScopeFilter(
    groups.map((clauses) => ({ clauses: [...clauses] })),
    'groups',
  ).evaluate(attributes).passed;

const name = fc.constantFrom('a', 'b', 'c');
const value = fc.constantFrom('x', 'X', 'xy', '1', '2', '10', 'True');
const clause: fc.Arbitrary<FilterClause> = fc.record({
  operatorName: fc.constantFrom(
    'EQUALS',
    'NOT EQUALS',
    'IS NULL',
    'IS NOT NULL',
    'Includes',
    'ENDS_WITH',
    '&',
    '!&',
    'Greater_Than',
    'IS TRUE',
  ),
  sourceOperandName: name,
  targetOperand: fc.record({ values: fc.array(value, { minLength: 1, maxLength: 2 }) }),
});
const group = fc.array(clause, { minLength: 1, maxLength: 3 });
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  name,
  fc.oneof(value, fc.boolean(), fc.constant(null), fc.array(value)),
);
const check = (property: Parameters<typeof fc.assert>[0]) => fc.assert(property, { seed: 17, numRuns: 300 });

describe('clauses and groups', () => {
  test('a group passes where each of its clauses does', () => {
    check(
      fc.property(group, attributes, (clauses, object) => {
        expect(passes([clauses], object)).toBe(clauses.every((one) => passes([[one]], object)));
      }),
    );
  });

  test('several groups pass where one of them does', () => {
    check(
      fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), attributes, (groups, object) => {
        expect(passes(groups, object)).toBe(groups.some((one) => passes([one], object)));
      }),
    );
  });

  test('their order makes no difference, nor does saying one twice', () => {
    check(
      fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), attributes, (groups, object) => {
        const turned = groups.map((clauses) => [...clauses].reverse()).reverse();
        expect(passes(turned, object)).toBe(passes(groups, object));
        expect(passes([...groups, ...groups], object)).toBe(passes(groups, object));
      }),
    );
  });

  test('another clause in a group takes in nobody, another group keeps nobody out', () => {
    check(
      fc.property(group, clause, group, attributes, (clauses, more, others, object) => {
        if (passes([[...clauses, more]], object)) expect(passes([clauses], object)).toBe(true);
        if (passes([clauses], object)) expect(passes([clauses, others], object)).toBe(true);
      }),
    );
  });

  test('what an object has besides makes no difference', () => {
    check(
      fc.property(fc.array(group, { minLength: 1, maxLength: 2 }), attributes, (groups, object) => {
        expect(passes(groups, { ...object, other: 'x' })).toBe(passes(groups, object));
      }),
    );
  });
});
