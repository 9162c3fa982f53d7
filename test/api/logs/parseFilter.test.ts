import { ApiError } from '../../../lib/api/apiError.js';
import type { Filter, Members } from '../../../lib/api/logs/filter.js';
import { matchesFilter } from '../../../lib/api/logs/matchesFilter.js';
import { parseFilter } from '../../../lib/api/logs/parseFilter.js';

interface Row {
  readonly name: string | null;
  readonly size: number;
  readonly at: number;
  readonly kind: string;
}

const members: Members<Row> = {
  'owner/name': { type: 'text', read: ({ name }) => name },
  size: { type: 'number', read: ({ size }) => size },
  at: { type: 'instant', read: ({ at }) => at },
  kind: { type: 'enumeration', values: ['small', 'notSoSmall'], read: ({ kind }) => kind },
  alias: { type: 'name', read: ({ name }) => name },
};

const row: Row = { name: "O'Neil", size: 5, at: Date.parse('2026-11-23T08:00:00.500Z'), kind: 'small' };
const matches = (filter: string, given: Row = row): boolean =>
  matchesFilter(parseFilter(filter, members), given, members);

const faultOf = (filter: string): ApiError => {
  try {
    parseFilter(filter, members);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error(`${filter} was taken.`);
};

describe('a $filter', () => {
  test.each<[string, boolean]>([
    ["owner/name eq 'O''Neil'", true],
    ["owner/name eq 'o''neil'", false],
    ["contains(owner/name, 'Nei')", true],
    ["contains(owner/name,'nei')", false],
    ["startswith( owner/name , 'O''' )", true],
    ["startswith(owner/name,'Neil')", false],
    ["owner/name gt 'O'", true],
    ["owner/name lt 'O'", false],
    ['owner/name ne null', true],
    ['size ge 5 and size le 5', true],
    ['size gt 5 or size lt 5', false],
    ['size eq -5', false],
    ['size eq 5.0', true],
    ['at eq 2026-11-23T08:00:00.5Z', true],
    ['at eq 2026-11-23T09:00:00.500+01:00', true],
    ['at lt 2026-11-23T08:00:00.5001Z', true],
    ['at gt 2026-11-23', true],
    ['at ge 2026-11-24', false],
    ["kind eq 'small'", true],
    ["kind eq 'Small'", true],
    ["kind ne 'NotSoSmall'", true],
    ["contains(kind,'mal')", true],
    ["not size eq 5 or kind eq 'small'", true],
    ['not (size eq 5)', false],
    ['not not size eq 5', true],
    ["contains(alias,'Neil')", true],
  ])('%s', (filter, expected) => {
    expect(matches(filter)).toBe(expected);
  });

  test('binds and before or, whatever stands first', () => {
    const other = { ...row, size: 1 };
    expect(matches("kind eq 'small' or size eq 5 and size eq 9", other)).toBe(true);
    expect(matches("size eq 5 and size eq 9 or kind eq 'small'", other)).toBe(true);
    expect(matches("(kind eq 'small' or size eq 5) and size eq 9", other)).toBe(false);
    expect(matches("not size eq 5 and size eq 9 or kind eq 'small'", other)).toBe(true);
  });

  test('gets no answer from a function of nothing, negated or not', () => {
    const nameless = { ...row, name: null };
    expect(matches('owner/name eq null', nameless)).toBe(true);
    expect(matches("owner/name ne 'x'", nameless)).toBe(true);
    expect(matches("owner/name gt 'x'", nameless)).toBe(false);
    expect(matches("not (owner/name gt 'x')", nameless)).toBe(true);
    expect(matches("contains(owner/name,'x')", nameless)).toBe(false);
    expect(matches("not contains(owner/name,'x')", nameless)).toBe(false);
    expect(matches("not contains(owner/name,'x') or size eq 5", nameless)).toBe(true);
    expect(matches("not (contains(owner/name,'x') and size eq 1)", nameless)).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    ["nme eq 'x'", 'nme', /'nme' is no member.*owner\/name/],
    ["owner/nam eq 'x'", 'owner/nam', /no member/],
    ["toString eq 'x'", 'toString', /no member/],
    ['owner/name eq 5', 'owner/name', /owner\/name eq expects a text in single quotes/],
    ['owner/name eq size', 'owner/name', /a text in single quotes/],
    ["size gt 'many'", 'size', /size gt expects a number/],
    ["at gt '2026-11-23'", 'at', /an instant without quotes, as/],
    ['at gt 2026-13-40', 'at', /an instant/],
    ['size lt null', 'size', /other than null/],
    ["kind eq 'large'", 'kind', /one of 'small', 'notSoSmall'/],
    ["kind gt 'small'", 'kind', /takes eq and ne, not gt/],
    ["alias ge 'x'", 'alias', /takes eq and ne/],
    ["contains(size,'5')", 'size', /not compared as a text/],
    ['contains(owner/name,5)', 'owner/name', /expects a quoted text/],
    ["endswith(owner/name,'x')", '$filter', /'endswith' is no function.*contains, startswith/],
    ['size eq', '$filter', /./],
    ['size is 5', '$filter', /expected one of eq, ne.*found 'is' at position 5/],
    ['(size eq 5', '$filter', /expected '\)', found its end/],
    ['size eq 5)', '$filter', /expected and, or or the end, found '\)' at position 9/],
    ['size eq 5 AND size eq 5', '$filter', /found 'AND' at position 10/],
    ["owner/name eq 'x", '$filter', /no closing quote/],
    ["'x' eq owner/name", '$filter', /found a quoted text at position 0/],
    ['', '$filter', /found its end/],
    ['size eq 5 and', '$filter', /found its end/],
    ["owner/name/any(n:n eq 'x')", '$filter', /no function/],
  ])('that cannot be answered is refused: %s', (filter, target, message) => {
    const fault = faultOf(filter);
    expect(fault).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(fault.message).toMatch(message);
    if (filter !== 'size eq') expect(fault.target).toBe(target);
  });

  test('is refused, not followed, into any depth or length', () => {
    expect(faultOf(`${'('.repeat(100_000)}size eq 5`).message).toMatch(/longer than/);
    expect(faultOf(`${'('.repeat(60)}size eq 5${')'.repeat(60)}`).message).toMatch(/deeper than/);
    expect(faultOf(`${'not '.repeat(60)}size eq 5`).message).toMatch(/deeper than/);
    expect(matches(`${'('.repeat(40)}size eq 5${')'.repeat(40)}`)).toBe(true);
  });

  test('keeps a flat list of operands', () => {
    const filter: Filter = parseFilter('size eq 1 or size eq 2 or size eq 3', members);
    expect(filter).toMatchObject({ kind: 'or', operands: [{ value: 1 }, { value: 2 }, { value: 3 }] });
  });
});
