import fc from 'fast-check';
import type { Attributes, AttributeValue } from '../../../lib/expressions/attributes.js';
import { compileScopeFilter } from '../../../lib/mapping/filters/scopeFilter.js';
import { filterOperators } from '../../../lib/schema/filterOperators.js';
import type { FilterClause } from '../../../lib/schema/synchronizationSchema.js';

const clauseOf = (operatorName: string, values: string[], sourceOperandName = 'a'): FilterClause => ({
  operatorName,
  sourceOperandName,
  targetOperand: { values },
});
const passes = (operator: string, value: AttributeValue | undefined, ...wanted: string[]): boolean =>
  compileScopeFilter([{ clauses: [clauseOf(operator, wanted)] }], 'groups').evaluate(
    value === undefined ? {} : { a: value },
  ).passed;

describe('each operator', () => {
  const cases: [string, AttributeValue, string[], boolean][] = [
    ['EQUALS', 'Sales', ['Sales'], true],
    ['EQUALS', 'sales', ['Sales'], false],
    ['EQUALS', 'Sales ', ['Sales'], false],
    ['EQUALS', 'HR', ['Sales', 'HR'], true],
    ['EQUALS', true, ['true'], true],
    ['EQUALS', true, ['True'], true],
    ['EQUALS', false, ['True'], false],
    ['EQUALS', 7, ['7'], true],
    ['NOT EQUALS', 'HR', ['Sales'], true],
    ['NOT EQUALS', 'Sales', ['Sales'], false],
    ['NOT EQUALS', 'HR', ['Sales', 'HR'], false],
    ['NOT EQUALS', false, ['True'], true],
    ['IS TRUE', true, [], true],
    ['IS TRUE', 'True', [], true],
    ['IS TRUE', false, [], false],
    ['IS TRUE', 'yes', [], false],
    ['IS FALSE', false, [], true],
    ['IS FALSE', 'false', [], true],
    ['IS FALSE', true, [], false],
    ['IS NULL', 'x', [], false],
    ['IS NULL', false, [], false],
    ['IS NULL', 0, [], false],
    ['IS NOT NULL', 'x', [], true],
    ['IS NOT NULL', false, [], true],
    ['REGEX MATCH', 'a42b', ['([1-9][0-9])'], true],
    ['REGEX MATCH', 'a42b', ['^([1-9][0-9])$'], false],
    ['REGEX MATCH', 'mina@domain.com', ['.*\\@domain.com'], true],
    ['REGEX MATCH', 'SALES', ['sales'], false],
    ['REGEX MATCH', 'SALES', ['(?i)^sales\\z'], true],
    ['REGEX MATCH', 'Zürich', ['^\\p{Lu}\\w+$'], true],
    ['NOT REGEX MATCH', 'mina@other.com', ['.*\\@domain.com'], true],
    ['NOT REGEX MATCH', 'mina@domain.com', ['.*\\@domain.com'], false],
    ['Greater_Than', '10', ['9'], true],
    ['Greater_Than', 10, ['10'], false],
    ['Greater_Than', '90071992547409930', ['90071992547409929'], true],
    ['Greater_Than', 'ten', ['9'], false],
    ['Greater_Than', '1.5', ['1'], false],
    ['Greater_Than_OR_EQUALS', 10, ['10'], true],
    ['Greater_Than_OR_EQUALS', '9', ['10'], false],
    ['Greater_Than', '2026-02-01T00:00:00Z', ['2026-01-31'], true],
    ['Greater_Than', '2026-01-31T23:00:00-02:00', ['2026-02-01'], true],
    ['Greater_Than_OR_EQUALS', '2026-01-31', ['2026-01-31T00:00:00'], true],
    ['Greater_Than', '2026-02-01', ['5'], false],
    ['Includes', 'Head of Sales', ['Sales'], true],
    ['Includes', 'Head of Sales', ['sales'], false],
    ['ENDS_WITH', 'mina@contoso.example', ['@contoso.example'], true],
    ['ENDS_WITH', '@contoso.example.org', ['@contoso.example'], false],
    ['&', 'HR', ['HR,Sales,Legal'], true],
    ['&', 'Head of HR', ['HR'], false],
    ['!&', 'IT', ['HR,Sales,Legal'], true],
    ['!&', 'HR', ['HR,Sales,Legal'], false],
  ];
  test.each(cases)('%s of %j with %j: %s', (operator, value, wanted, expected) => {
    expect(passes(operator, value, ...wanted)).toBe(expected);
  });
});

describe('an attribute without a value', () => {
  test.each(filterOperators.map(({ name }) => name))('%s', (name) => {
    for (const nothing of [undefined, null, '', []]) {
      expect(passes(name, nothing, '')).toBe(name === 'IS NULL');
    }
  });
});

describe('an attribute with several values', () => {
  test.each([
    ['EQUALS', 'b', true],
    ['EQUALS', 'c', false],
    ['NOT EQUALS', 'b', false],
    ['NOT EQUALS', 'c', true],
    ['Includes', 'a', true],
    ['NOT REGEX MATCH', '^a$', false],
  ])('%s with %s: %s', (operator, wanted, expected) => {
    expect(passes(operator, ['a', 'b'], wanted)).toBe(expected);
  });

  test('app roles are compared by value, and by name where they have none', () => {
    const roles = [
      { id: '1', displayName: 'Basic users', value: null },
      { id: '2', displayName: 'x', value: 'Licensed' },
    ];
    expect(passes('EQUALS', roles, 'Licensed')).toBe(true);
    expect(passes('EQUALS', roles, 'Basic users')).toBe(true);
    expect(passes('EQUALS', roles, 'x')).toBe(false);
  });

  test('membership is asked of the groups that the object is in', () => {
    const filter = compileScopeFilter([{ clauses: [clauseOf('IsMemberOf', ['g2'], 'objectId')] }], 'groups');
    expect(filter.attributes).toEqual(['memberOf']);
    expect(filter.groupIds).toEqual(['g2']);
    expect(filter.evaluate({ objectId: 'g2', memberOf: ['g1', 'g2'] }).passed).toBe(true);
    expect(filter.evaluate({ memberOf: ['G2'] }).passed).toBe(true);
    expect(filter.evaluate({ objectId: 'g2', memberOf: ['g1'] }).passed).toBe(false);
  });
});

describe('groups of clauses', () => {
  const filter = compileScopeFilter(
    [
      { clauses: [clauseOf('EQUALS', ['Sales'], 'department'), clauseOf('IS NOT NULL', [], 'mail')] },
      { clauses: [clauseOf('EQUALS', ['Oslo', 'Bergen'], 'city')] },
    ],
    'groups',
  );
  test.each([
    [
      { department: 'Sales', mail: 'a@x' },
      true,
      "department = 'Sales', wanted EQUALS 'Sales' and mail = 'a@x', wanted IS NOT NULL",
    ],
    [{ city: 'Oslo' }, true, "city = 'Oslo', wanted EQUALS 'Oslo' or 'Bergen'"],
    [
      { department: 'HR', mail: 'a@x' },
      false,
      "department = 'HR', wanted EQUALS 'Sales'; and city = null, wanted EQUALS 'Oslo' or 'Bergen'",
    ],
    [
      { department: 'Sales', city: 'Rome' },
      false,
      "mail = null, wanted IS NOT NULL; and city = 'Rome', wanted EQUALS 'Oslo' or 'Bergen'",
    ],
  ])('%j', (attributes, passed, detail) => {
    expect(filter.evaluate(attributes)).toEqual({ passed, detail, fault: null });
  });

  describe('a pattern that takes too many steps', () => {
    const hostile = clauseOf('REGEX MATCH', ['^(a+)+$'], 'department');
    const city = clauseOf('EQUALS', ['Oslo'], 'city');
    const department = `${'a'.repeat(40)}!`;
    const evaluate = (groups: FilterClause[][], attributes: Attributes) =>
      compileScopeFilter(
        groups.map((clauses) => ({ clauses })),
        'groups',
      ).evaluate(attributes);

    test('says nothing about scope, and where it stands', () => {
      expect(evaluate([[hostile]], { department })).toMatchObject({
        passed: false,
        fault: { path: 'groups[0].clauses[0]', code: 'RegexBudget' },
      });
      expect(evaluate([[hostile, city]], { department, city: 'Oslo' }).fault).not.toBeNull();
    });

    test('makes no difference where another clause decides', () => {
      expect(evaluate([[hostile, city]], { department, city: 'Rome' })).toMatchObject({ passed: false, fault: null });
      expect(evaluate([[hostile], [city]], { department, city: 'Oslo' })).toMatchObject({ passed: true, fault: null });
    });
  });

  test('what they read is told once', () => {
    expect(filter.attributes).toEqual(['department', 'mail', 'city']);
  });

  test('a long list of values is told in short', () => {
    const many = ['1', '2', '3', '4', '5', '6', '7'];
    const { detail } = compileScopeFilter([{ clauses: [clauseOf('EQUALS', ['x'])] }], '').evaluate({ a: many });
    expect(detail).toBe("a = ['1', '2', '3', '4', '5', …2 more], wanted EQUALS 'x'");
  });

  test.each([[null], [undefined], [[]], [[{ clauses: [] }]]])('without a clause (%j) everything passes', (groups) => {
    expect(compileScopeFilter(groups, 'groups').evaluate({})).toEqual({
      passed: true,
      detail: 'no scoping filter',
      fault: null,
    });
  });

  test('an unknown operator is refused with its place', () => {
    expect(() => compileScopeFilter([{ clauses: [clauseOf('LIKE', ['x'])] }], 'groups')).toThrow(
      'groups[0].clauses[0].operatorName: "LIKE" is no filter operator',
    );
  });
});

test('an operator and its negation never both pass, and both fail where there is no value', () => {
  const pairs: [string, string][] = [
    ['EQUALS', 'NOT EQUALS'],
    ['IS TRUE', 'IS FALSE'],
    ['&', '!&'],
    ['IS NULL', 'IS NOT NULL'],
  ];
  const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.array(fc.string()));
  fc.assert(
    fc.property(fc.constantFrom(...pairs), value, fc.string(), ([operator, negation], held, wanted) => {
      const both = [passes(operator, held, wanted), passes(negation, held, wanted)];
      expect(both).not.toEqual([true, true]);
      const isNothing = held === null || held === '' || (Array.isArray(held) && held.every((one) => one === ''));
      if (isNothing && operator !== 'IS NULL') expect(both).toEqual([false, false]);
    }),
  );
});
