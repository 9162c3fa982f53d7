import { parseExpression } from '../../lib/expressions/parseExpression.js';

function errorIn(text: string) {
  const result = parseExpression(text);
  return result.kind === 'refused' ? result.error : undefined;
}

describe('a syntax error names the place and what was expected', () => {
  test.each([
    ['Append("a", "b"', 'UnexpectedEnd', 15, [',', ')']],
    ['Append("a" "b")', 'UnexpectedToken', 11, [',', ')']],
    ['Append("a, "b")', 'UnclosedString', 13, ['"']],
    ['Append("a", "b', 'UnclosedString', 12, ['"']],
    ['Append([mail, "b")', 'UnclosedBracket', 7, [']']],
    ['Append([], "b")', 'EmptyAttributeName', 7, ['an attribute name']],
    ['Append("a", "b") x', 'TrailingText', 17, ['the end of the expression']],
    ['Append("a", "b"))', 'TrailingText', 16, ['the end of the expression']],
    ["Append('a', 'b')", 'InvalidCharacter', 7, undefined],
    ['CBool(1 = 1 = 1)', 'ChainedComparison', 12, [',', ')']],
    ['("a")', 'GroupingUnsupported', 0, undefined],
    ['"a" & ', 'UnexpectedEnd', 6, undefined],
    ['CStr(1 + 2)', 'InvalidCharacter', 7, undefined],
    ['CStr(9223372036854775808)', 'InvalidNumber', 5, undefined],
    ['CStr(&H10000000000000000)', 'InvalidNumber', 5, undefined],
    ['', 'UnexpectedEnd', 0, undefined],
  ])('%s', (text, code, offset, expected) => {
    const error = errorIn(text);
    expect(error).toMatchObject({ class: 'SyntaxError', code, position: { offset } });
    if (expected !== undefined) expect(error?.expected).toEqual(expected);
  });

  test('line and column count from 1 over all kinds of line break', () => {
    expect(errorIn('Join(",",\r\n  [a],\n\t)x')?.position).toEqual({ offset: 20, line: 3, column: 3 });
    expect(errorIn('Append("line\nbreak", ]')?.position).toEqual({ offset: 21, line: 2, column: 9 });
  });
});

describe('what the grammar allows', () => {
  const tree = (text: string) => {
    const result = parseExpression(text);
    if (result.kind === 'refused') throw new Error(result.error.message);
    return result.tree;
  };

  test('white space is free between tokens, also before the parenthesis of a call', () => {
    expect(tree(' \t\r\n Append ( [a] , "b" ) ')).toMatchObject({ kind: 'call', name: 'Append' });
  });

  test('an attribute or a constant alone is an expression', () => {
    expect(tree('[mail]')).toMatchObject({ kind: 'attribute', name: 'mail' });
    expect(tree('""')).toMatchObject({ kind: 'string', value: '' });
    expect(tree('-7')).toMatchObject({ kind: 'number', value: -7n });
  });

  test('what lies in brackets is the name, whatever it holds', () => {
    expect(tree('[urn:ietf:x 2.0:User:a-b_c]')).toMatchObject({ name: 'urn:ietf:x 2.0:User:a-b_c' });
  });

  test('a text holds commas, parentheses, brackets, single quotes and line breaks', () => {
    expect(tree('"a,(b)[c]\'d\'\n“e”"')).toMatchObject({ value: "a,(b)[c]'d'\n“e”" });
  });

  test('a backslash before any other character stays, with a warning at its place', () => {
    const result = parseExpression('Append("\\d", "")');
    expect(result).toMatchObject({
      kind: 'parsed',
      tree: { arguments: [{ value: '\\d' }, { value: '' }] },
      warnings: [{ code: 'UnknownEscape', position: { offset: 8 } }],
    });
  });

  test('an omitted argument keeps its position, and f() has none', () => {
    expect(tree('f(, "a", )')).toMatchObject({
      arguments: [{ kind: 'omitted' }, { kind: 'string' }, { kind: 'omitted' }],
    });
    expect(tree('f( )')).toMatchObject({ arguments: [] });
  });

  test('&H begins a number where a value must stand, and concatenates behind one', () => {
    expect(tree('f(&HF7)')).toMatchObject({ arguments: [{ kind: 'number', value: 247n }] });
    expect(tree('[a] &HF7')).toMatchObject({ kind: 'concatenation', operands: [{ name: 'a' }, { text: 'HF7' }] });
    expect(tree('&HFFFFFFFFFFFFFFFF')).toMatchObject({ value: -1n });
  });

  test('& binds tighter than a comparison', () => {
    expect(tree('[a] & "b" <> "c"')).toMatchObject({
      kind: 'comparison',
      operator: '<>',
      left: { kind: 'concatenation' },
    });
  });
});

describe('limits', () => {
  test('a text of 10,000 characters is read, one more is refused', () => {
    const ofLength = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(parseExpression(ofLength(10_000)).kind).toBe('parsed');
    expect(errorIn(ofLength(10_001))).toMatchObject({ code: 'TooLong', position: { offset: 10_000 } });
  });

  test('calls nest 200 deep and no deeper', () => {
    const nested = (depth: number) => `${'CStr('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(parseExpression(nested(200)).kind).toBe('parsed');
    expect(errorIn(nested(201))).toMatchObject({ code: 'TooDeep', position: { offset: 1000 } });
  });
});
