import fc from 'fast-check';
import { errorOf, refuse, resultOf } from '../evaluateText.js';

describe('CDate', () => {
  test.each([
    ['2020-03-16-07:00', '3/16/2020 7:00:00 AM'],
    ['2021-06-30+08:00', '6/29/2021 4:00:00 PM'],
    ['2009-06-15T01:45:30-07:00', '6/15/2009 8:45:30 AM'],
    ['2020-12-31 23:59:59-08:00', '1/1/2021 7:59:59 AM'],
    ['2024-02-29T12:00:00.5Z', '2/29/2024 12:00:00 PM'],
    ['2021-08-24', '8/24/2021 12:00:00 AM'],
    ['2021-08-25 17:41', '8/25/2021 5:41:00 PM'],
    ['8/25/2021 5:41:18 PM', '8/25/2021 5:41:18 PM'],
    ['12/31/2020', '12/31/2020 12:00:00 AM'],
    [' 2021-08-24 ', '8/24/2021 12:00:00 AM'],
    ['1/1/0001', '1/1/0001 12:00:00 AM'],
  ])('reads %s', (a, expected) => {
    expect(resultOf('CDate([a])', { a })).toBe(expected);
  });

  test.each([
    '',
    'yesterday',
    '2021-02-29',
    '2021-13-01',
    '31/12/2020',
    '2021-01-01T24:00:00',
    '2021-01-01T00:00:00+15:00',
    '13:00 PM',
    '1/1/2020 13:00 AM',
    '0001-01-01T00:00:00+01:00',
  ])('does not read %j', (a) => {
    expect(['NotDate', 'OutOfRange']).toContain(errorOf('CDate([a])', { a }));
  });
});

describe('DateAdd and DateDiff', () => {
  test.each([
    ['DateAdd("yyyy", 1, CDate("2020-02-29"))', '2/28/2021 12:00:00 AM'],
    ['DateAdd("m", -1, CDate("2021-03-31T10:00:00"))', '2/28/2021 10:00:00 AM'],
    ['DateAdd("m", 25, CDate("2019-12-31"))', '1/31/2022 12:00:00 AM'],
    ['DateAdd("ww", -1, CDate("2021-01-03"))', '12/27/2020 12:00:00 AM'],
    ['DateAdd("h", 25, "2021-01-01")', '1/2/2021 1:00:00 AM'],
    ['DateAdd("s", "90", Now())', '8/25/2021 5:42:48 PM'],
    ['DateAdd("d", 1, [none])', null],
    ['DateDiff("yyyy", CDate("2020-12-31"), CDate("2021-01-01"))', '1'],
    ['DateDiff("m", CDate("2021-01-31"), CDate("2020-12-01"))', '-1'],
    ['DateDiff("d", CDate("2021-01-02"), CDate("2021-01-01T00:00:01"))', '0'],
    ['DateDiff("ww", CDate("2021-08-21"), CDate("2021-08-22"))', '1'],
    ['DateDiff("ww", CDate("2021-08-22"), CDate("2021-08-28"))', '0'],
    ['DateDiff("h", CDate("2021-01-01T00:59:00"), CDate("2021-01-01T02:58:00"))', '1'],
    ['DateDiff("d", [none], Now())', null],
  ])('%s', (text, expected) => {
    expect(resultOf(text)).toBe(expected);
  });

  test('dates end with the year 9999', () => {
    expect(errorOf('DateAdd("yyyy", 9000, Now())')).toBe('OutOfRange');
    expect(errorOf('DateAdd("m", -99999, Now())')).toBe('OutOfRange');
    expect(errorOf('DateAdd("s", 9223372036854775807, Now())')).toBe('OutOfRange');
    expect(errorOf('DateFromNum([n])', { n: '-9223372036854775807' })).toBe('OutOfRange');
  });

  test('what was added is the difference, for units of a fixed length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('d', 'h', 'n', 's', 'ww', 'm', 'yyyy'),
        fc.integer({ min: -500, max: 500 }),
        (unit, count) => {
          const text = `DateDiff("${unit}", CDate("2021-08-25T10:00:00"), DateAdd("${unit}", ${count}, CDate("2021-08-25T10:00:00")))`;
          expect(resultOf(text)).toBe(String(count));
        },
      ),
      { seed: 10 },
    );
  });
});

describe("Active Directory's time", () => {
  test.each([
    ['DateFromNum(129699324000000000)', '1/1/2012 11:00:00 PM'],
    ['NumFromDate("2012-01-01 23:00:00")', '129699324000000000'],
    ['NumFromDate("2024-02-29T12:00:00.1234567Z")', '133536816001234567'],
    ['NumFromDate(DateFromNum(133536816001234567))', '133536816001234567'],
    ['NumFromDate([none])', null],
    ['DateFromNum([none])', null],
  ])('%s', (text, expected) => {
    expect(resultOf(text)).toBe(expected);
  });
});

describe('FormatDateTime', () => {
  test('reads the text of a date that another function gives', () => {
    expect(resultOf('FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-ddTHH:mm:ss")')).toBe(
      '2021-08-25T17:41:18',
    );
  });

  test('takes the older form of three arguments', () => {
    expect(resultOf('FormatDateTime([a], "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', { a: '20150123105347.1Z' })).toBe(
      '2015-01-23',
    );
    expect(refuse('FormatDateTime([a], , "yyyy")').errors[0]).toMatchObject({ code: 'MissingArgument' });
  });

  test('fills in today where the format has no date', () => {
    expect(resultOf('FormatDateTime("17:30", , "HH:mm", "yyyy-MM-dd HH:mm")')).toBe('2021-08-25 17:30');
    expect(resultOf('FormatDateTime("17:30", "NoCurrentDateDefault", "HH:mm", "yyyy-MM-dd")')).toBe('0001-01-01');
    expect(resultOf('FormatDateTime("03", , "MM", "yyyy-MM-dd")')).toBe('2021-03-01');
  });

  test('takes styles with their prefix', () => {
    const text =
      'FormatDateTime([a], "DateTimeStyles.AllowLeadingWhite, DateTimeStyles.AdjustToUniversal", "yyyy-MM-ddK", "o")';
    expect(resultOf(text, { a: ' 2021-01-02Z' })).toBe('2021-01-02T00:00:00.0000000Z');
  });

  test('a text that is not exactly in the format is an error', () => {
    expect(errorOf('FormatDateTime([a], , "yyyy-MM-dd", "yyyy")', { a: '2021-1-2' })).toBe('NotDate');
    expect(errorOf('FormatDateTime([a], "None", "yyyy-MM-dd", "yyyy")', { a: ' 2021-01-02' })).toBe('NotDate');
    expect(resultOf('FormatDateTime([none], , "yyyy", "yy")')).toBeNull();
  });

  test('formats may come from attributes', () => {
    const text = 'FormatDateTime("2021-01-02", , [from], [to])';
    expect(resultOf(text, { from: 'yyyy-MM-dd', to: 'dd.MM.' })).toBe('02.01.');
    expect(errorOf(text, { from: 'Q', to: 'dd' })).toBe('InvalidFormat');
  });
});
