import { compileExpression } from '../../lib/expressions/compileExpression.js';
import { functionCatalogue } from '../../lib/expressions/functions/catalogue.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import { compile, errorOf, nowMs, outcomeOf, refuse, resultOf } from './evaluateText.js';

describe('validation finds the fault, its place and the remedy', () => {
  test.each([
    ['toLower([a])', 'UnknownFunction', 0, 'ToLower'],
    ['Apend("a", "b")', 'UnknownFunction', 0, 'Append'],
    ['Xyzzy("a")', 'UnknownFunction', 0, null],
    ['IIF(Contains([a], "b"), "c", "d")', 'UnknownFunction', 4, 'InStr'],
    ['InStr("a", "b", 1, vbTextCompar)', 'UnknownWord', 19, 'vbTextCompare'],
    ['Append(mail, "b")', 'UnknownWord', 7, null],
    ['ConvertFromBase64("", UTF8x)', 'UnknownWord', 22, 'UTF8'],
    ['InStr("a", "b", 1, UTF8)', 'UnknownWord', 19, null],
    ['Append("a")', 'MissingArgument', 10, null],
    ['Append("a", )', 'MissingArgument', 12, null],
    ['Join(",")', 'MissingArgument', 8, null],
    ['Join(",", [a], , [b])', 'MissingArgument', 15, null],
    ['Coalesce()', 'MissingArgument', 9, null],
    ['Switch([a])', 'MissingArgument', 10, null],
    ['Now("a")', 'SurplusArgument', 4, null],
    ['CStr("a", "b")', 'SurplusArgument', 10, null],
    ['Switch([a], "d", "NSW")', 'IncompletePair', 22, null],
    ['Switch("a", "d", "a", "hit", "b")', 'IncompletePair', 32, null],
    ['ToLower(SelectUniqueValue("a", "b"))', 'NestedSelectUniqueValue', 8, null],
    ['IgnoreFlowIfNullOrEmpty(SelectUniqueValue("a", "b"))', 'NestedSelectUniqueValue', 24, null],
    ['SelectUniqueValue("a")', 'MissingArgument', 21, null],
    ['AppRoleAssignments([appRoleAssignments])', 'UnsupportedFunction', 0, null],
    ['Replace([a], , "b", , , , )', 'ArgumentCombination', 0, null],
    ['Replace([a], "b", "c", , "d", , )', 'ArgumentCombination', 0, null],
    ['Replace([a], , "(b", , "c", , )', 'InvalidArgument', 15, null],
    ['Replace([a], , "(?<x>b)", "y", "c", , )', 'InvalidArgument', 26, null],
    ['ToLower([a], "no such culture")', 'InvalidArgument', 13, null],
    ['FormatDateTime([a], , "yyyy", "Q")', 'InvalidArgument', 30, null],
    ['FormatDateTime([a], "RoundtripKind, AssumeLocal", "yyyy", "MM")', 'InvalidArgument', 20, null],
    ['RandomString(3, 1, 1, 1, 1)', 'InvalidArgument', 0, null],
  ])('%s', (text, code, offset, nearest) => {
    expect(refuse(text).errors).toEqual([
      expect.objectContaining({
        class: 'ValidationError',
        code,
        nearest,
        position: expect.objectContaining({ offset }),
      }),
    ]);
  });

  test('all faults are told, not the first alone', () => {
    const { errors } = refuse('Join("",\n  Apend("a", "b"),\n  ToLower(),\n  x)');
    expect(errors.map(({ code, position }) => [code, position.line, position.column])).toEqual([
      ['UnknownFunction', 2, 3],
      ['MissingArgument', 3, 11],
      ['UnknownWord', 4, 3],
    ]);
  });

  test('a missing argument is told by its name', () => {
    expect(refuse('IIF([a] = "b", "c")').errors[0]).toMatchObject({ expected: ['valueIfFalse'] });
  });
});

describe('warnings are no errors', () => {
  test.each([
    ['IIF([a] = "", "x", "y")', 'UnsupportedCondition'],
    ['IIF(IsNullOrEmpty([a]), "x", "y")', 'UnsupportedCondition'],
    ['IIF(IsPresent([a]), "x", "y")', 'UnsupportedCondition'],
    ['Switch(IsPresent([a]), "d", "True", "x")', 'UnsupportedSwitchSource'],
    ['Switch([manager], "d", "x", "y")', 'ReferenceInSwitch'],
    ['FormatDateTime([a], "yyyy", "yy")', 'OlderForm'],
    ['Trim([a])', 'NotOnFunctionsPage'],
    ['DateAdd("x", 1, Now())', 'InvalidConstant'],
    ['Mid([a], "x", 1)', 'InvalidConstant'],
    ['CDate("yesterday")', 'InvalidConstant'],
  ])('%s', (text, code) => {
    expect(compile(text).warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test('an ordinary expression has none', () => {
    expect(compile('Switch([IsSoftDeleted], , "False", "True", "True", "False")').warnings).toEqual([]);
  });
});

describe('what a compiled expression tells of itself', () => {
  test('the attributes it reads, each once, in the order of appearance', () => {
    expect(compile('Join([b], [a], ToLower([b]), [A], "[c]")').attributes).toEqual(['b', 'a', 'A']);
  });

  test.each([
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', true],
    ['Not([IsSoftDeleted])', true],
    ['Switch([IsSoftDeleted], [mail], "False", "True")', false],
    ['"True"', false],
  ])('%s reads IsSoftDeleted alone: %s', (text, isAlone) => {
    expect(compile(text).isSoftDeletedOnly).toBe(isAlone);
  });

  test('how its roles are written', () => {
    expect(compile('AppRoleAssignmentsComplex([appRoleAssignments])').roleWrite).toBe('add');
    expect(compile('AssertiveAppRoleAssignmentsComplex([appRoleAssignments])').roleWrite).toBe('replace');
    expect(compile('SingleAppRoleAssignment([appRoleAssignments])').roleWrite).toBeNull();
  });

  test('that its value is to be kept out of logs', () => {
    expect(compile('Append(Redact([a]), "b")').isRedacted).toBe(true);
    expect(compile('Append([a], "Redact()")').isRedacted).toBe(false);
  });

  test('that it asks the target', () => {
    expect(compile('SelectUniqueValue([a], [b])').usesUniqueValue).toBe(true);
    expect(compile('Append([a], [b])').usesUniqueValue).toBe(false);
  });
});

describe('evaluation', () => {
  test('an attribute that the object does not have is null, also one that every JavaScript object has', () => {
    expect(outcomeOf('[mail]')).toEqual({ kind: 'null' });
    expect(outcomeOf('[constructor]')).toEqual({ kind: 'null' });
    expect(outcomeOf('[__proto__]')).toEqual({ kind: 'null' });
  });

  test('only what is needed is evaluated', () => {
    expect(resultOf('IIF(1 = 1, "yes", Error("no"))')).toBe('yes');
    expect(resultOf('IIF(1 = 2, Error("no"), "yes")')).toBe('yes');
    expect(resultOf('Switch("a", Error("no"), "a", "hit", "b", Error("no"))')).toBe('hit');
    expect(resultOf('Switch("a", "none", [x], "one", "a", "hit", Error("no"), "late")')).toBe('hit');
    expect(resultOf('Coalesce([none], "first", Error("no"))')).toBe('first');
  });

  test('a constant that cannot be read is an error only where it is evaluated', () => {
    expect(resultOf('IIF(1 = 1, "yes", CDate("never"))')).toBe('yes');
    expect(errorOf('IIF(1 = 2, "yes", CDate("never"))')).toBe('NotDate');
    expect(errorOf('DateAdd("x", 1, Now())')).toBe('UnknownInterval');
  });

  test('ignored reaches the top from any depth', () => {
    expect(outcomeOf('Append("a", IgnoreFlowIfNullOrEmpty([none]))')).toEqual({ kind: 'ignored' });
    expect(outcomeOf('IsNull(IgnoreFlowIfNullOrEmpty([none]))')).toEqual({ kind: 'ignored' });
    expect(outcomeOf('IIF(1 = 1, "a", IgnoreFlowIfNullOrEmpty([none]))')).toEqual({ kind: 'value', value: 'a' });
  });

  test.each([
    ['Item([a], 9)', ['secret-value']],
    ['CDate([a])', 'secret-value'],
    ['DateAdd([a], 1, Now())', 'secret-value'],
    ['Mid("abc", [a], 1)', 'secret-value'],
    ['Replace("x", , [a], , "", , )', '(secret-value'],
    ['Replace("x", , "(?<g>x)", [a], "", , )', 'secret-value'],
    ['ToLower("x", [a])', 'secret-value'],
    ['FormatDateTime("2020", , [a], "yyyy")', 'secret-value'],
    ['FormatDateTime([a], , "yyyy", "yyyy")', 'secret-value'],
    ['Error(Append("No account for ", [a]))', 'secret-value'],
    ['StringFromSid([a])', 'secret-value'],
    ['[a] > 1', 'secret-value'],
  ])('%s fails without telling the value', (text, value) => {
    const outcome = outcomeOf(text, { a: value });
    expect(outcome.kind).toBe('error');
    expect(JSON.stringify(outcome)).not.toContain('secret-value');
  });

  test('Error tells a constant message, and the expression of one that is put together', () => {
    expect(outcomeOf('Error("No name")')).toEqual({ kind: 'error', code: 'ErrorFunction', message: 'No name' });
    expect(outcomeOf('Error(Append("No account for ", [a]))', { a: 'x' })).toMatchObject({
      message: expect.stringContaining('Append("No account for ", [a])'),
    });
  });

  test('Now is the instant that the context holds', () => {
    expect(resultOf('Now()')).toBe('8/25/2021 5:41:18 PM');
  });
});

describe('SelectUniqueValue', () => {
  const expression = compile('SelectUniqueValue([a], Append([a], "1"), Append([a], "2"))');
  const context = createSeededContext(nowMs, 1);

  test('asks for one candidate after the other and stops at the first that is free', async () => {
    const asked: string[] = [];
    const outcome = await expression.evaluateUnique({ a: 'jdoe' }, context, async (candidate) => {
      asked.push(candidate);
      return candidate === 'jdoe';
    });
    expect(outcome).toEqual({ kind: 'value', value: 'jdoe1' });
    expect(asked).toEqual(['jdoe', 'jdoe1']);
  });

  test('holds the object back where all are taken', async () => {
    const outcome = await expression.evaluateUnique({ a: 'jdoe' }, context, async () => true);
    expect(outcome).toMatchObject({ kind: 'error', code: 'NoUniqueValue' });
    expect(JSON.stringify(outcome)).not.toContain('jdoe');
  });

  test('skips a rule that gives nothing, and does not evaluate rules behind the free one', async () => {
    const rules = compile('SelectUniqueValue([none], "", "free", Error("late"))');
    expect(await rules.evaluateUnique({}, context, async () => false)).toEqual({ kind: 'value', value: 'free' });
  });

  test('fails with a rule that fails', async () => {
    const rules = compile('SelectUniqueValue(Item([none], 1), "b")');
    expect(await rules.evaluateUnique({}, context, async () => false)).toMatchObject({ code: 'OutOfRange' });
  });

  test('passes on what the lookup throws', async () => {
    const lookup = async () => {
      throw new Error('the target is down');
    };
    await expect(expression.evaluateUnique({ a: 'x' }, context, lookup)).rejects.toThrow('the target is down');
  });

  test('without a lookup it is an error, with one at hand it is synchronous', () => {
    expect(expression.evaluate({ a: 'x' }, context)).toMatchObject({ kind: 'error', code: 'NoUniqueLookup' });
    expect(expression.evaluate({ a: 'x' }, { ...context, isTaken: () => false })).toEqual({
      kind: 'value',
      value: 'x',
    });
  });

  test('any other expression evaluates the same either way', async () => {
    const other = compile('ToLower([a])');
    expect(await other.evaluateUnique({ a: 'X' }, context, async () => true)).toEqual({ kind: 'value', value: 'x' });
  });
});

describe('limits', () => {
  test('a text does not grow beyond the limit, step by step or at once', () => {
    const attributes = { a: 'x'.repeat(60_000) };
    expect(errorOf('Append([a], [a])', attributes)).toBe('TextTooLong');
    expect(errorOf('[a] & [a]', attributes)).toBe('TextTooLong');
    expect(errorOf('Replace([a], "x", , , "0123456789", , )', attributes)).toBe('TextTooLong');
    expect(errorOf('Replace([a], , "x", , "0123456789", , )', attributes)).toBe('TextTooLong');
    expect(errorOf('Replace([a], "y", , , , , [t])', { ...attributes, t: 'yyyy' })).toBe('TextTooLong');
  });

  test('a hostile pattern ends in an error after a bounded number of steps', () => {
    const a = `${'a'.repeat(60)}!`;
    expect(errorOf('Replace([a], , "^(a+)+$", , "", , )', { a })).toBe('RegexBudget');
    expect(errorOf('Replace([a], , "(a|aa)+$", , "", , )', { a })).toBe('RegexBudget');
    expect(errorOf('Replace([a], , "(.*)*x", , "", , )', { a: 'b'.repeat(5_000) })).toBe('RegexBudget');
    expect(errorOf('Replace([a], , "(?<g>(a+)+)$", "g", "", , )', { a })).toBe('RegexBudget');
    expect(errorOf('Replace("", , "^(?<g>(a+)+)$", "g", , [a], )', { a })).toBe('RegexBudget');
  });

  test('all regular expressions of one evaluation share the steps, for each value of a collection too', () => {
    const limits = { maxRegexSteps: 500 };
    const text = 'Replace([a], , "(x|y)+z", , "", , )';
    expect(outcomeOf(text, { a: 'xyxy' }, limits)).toEqual({ kind: 'value', value: 'xyxy' });
    expect(outcomeOf(text, { a: Array.from({ length: 100 }, () => 'xyxy') }, limits)).toMatchObject({
      code: 'RegexBudget',
    });
    const expression = compile(text, limits);
    for (let run = 0; run < 100; run += 1) {
      expect(expression.evaluate({ a: 'xyxy' }, createSeededContext(nowMs, 1)).kind).toBe('value');
    }
  });

  test('the deepest expression that is read is also evaluated', () => {
    const depth = 200;
    expect(resultOf(`${'IIF([a] = "x", "y", '.repeat(depth)}"z"${')'.repeat(depth)}`, { a: 'b' })).toBe('z');
  });
});

test('every function says what it does and what its parameters are', () => {
  for (const { name, parameters, summary } of functionCatalogue.values()) {
    expect(`${name}: ${summary}`).toMatch(/\.$/);
    for (const parameter of parameters) expect(`${name} ${parameter.name}: ${parameter.description}`).toMatch(/\.$/);
  }
});

test('the catalogue holds the functions of the language', () => {
  expect([...functionCatalogue.keys()].sort()).toEqual(
    (
      'AppRoleAssignments AppRoleAssignmentsComplex Append AssertiveAppRoleAssignmentsComplex BitAnd CBool CDate CRef CStr Coalesce ' +
      'ConvertFromBase64 ConvertToBase64 ConvertToUTF8Hex Count DNComponent DateAdd DateDiff DateFromNum DefaultDomain Error ' +
      'FormatDateTime Guid IIF IgnoreFlowIfNullOrEmpty InStr IsNothing IsNull IsNullOrEmpty IsPresent IsString Item Join Left Mid ' +
      'NormalizeDiacritics Not Now NumFromDate PCase Prepend RandomString Redact RemoveDuplicates Replace SelectUniqueValue ' +
      'SingleAppRoleAssignment Split StringFromSid StripSpaces Switch ToLower ToUpper Trim Word'
    ).split(' '),
  );
});

test('limits are those of the call where it gives some', () => {
  const compiled = compileExpression('Append("abc", "def")', { limits: { maxTextLength: 5 } });
  expect(compiled.kind === 'compiled' && compiled.evaluate({}, createSeededContext(0, 1))).toMatchObject({
    code: 'TextTooLong',
  });
  expect(refuse('"abcdef"', { maxLength: 5 }).errors[0]).toMatchObject({ code: 'TooLong' });
});
