import fc from 'fast-check';
import { anyText } from '../anyText.js';
import { resultOf } from '../evaluateText.js';

describe('ToLower and ToUpper', () => {
  test.each([
    ['ToLower("ΟΔΟΣ")', 'οδοσ'],
    ['ToLower("İ")', 'İ'],
    ['ToLower("İI", "en-US")', 'ii'],
    ['ToLower("İI", "tr-TR")', 'iı'],
    ['ToLower("I", "az")', 'ı'],
    ['ToLower("𐐀")', '𐐨'],
    ['ToUpper("ßŉﬁ")', 'ßŉﬁ'],
    ['ToUpper("ıi")', 'ıI'],
    ['ToUpper("ıi", "de")', 'II'],
    ['ToUpper("ıi", "tr-TR")', 'Iİ'],
    ['ToUpper("ᾳ")', 'ᾼ'],
    ['ToUpper([none])', null],
    ['ToUpper([many])', ['A', 'B']],
    ['ToLower("ABC", "")', 'abc'],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['a', 'b'] })).toEqual(expected);
  });

  test('never change the length, in any culture', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', 'en-US', 'tr-TR'), (a, culture) => {
        expect(String(resultOf(`ToLower([a], "${culture}")`, { a }))).toHaveLength(a.length);
        expect(String(resultOf(`ToUpper([a], "${culture}")`, { a }))).toHaveLength(a.length);
      }),
      { seed: 4 },
    );
  });
});

describe('PCase', () => {
  test.each([
    ['PCase("d\'YTHAQ")', "D'ythaq"],
    ['PCase("\'abc\' x")', "'Abc' X"],
    ['PCase("3RD floor")', '3rd Floor'],
    ['PCase("a+b=c_d—e(f)")', 'A+B=C_D—E(F)'],
    ['PCase("e\u0301COLE")', 'E\u0301cole'],
    ['PCase("DŽEP")', 'Džep'],
    ['PCase("ǆep")', 'ǅep'],
    ['PCase("a-b c", " ")', 'A-b C'],
    ['PCase("A B", "")', 'A b'],
    ['PCase([none])', null],
    ['PCase([many])', ['Ab', 'Cd']],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['AB', 'cd'] })).toEqual(expected);
  });
});

describe('NormalizeDiacritics', () => {
  test.each([
    ['NormalizeDiacritics("e\u0301")', 'e'],
    ['NormalizeDiacritics("ø Ø å ß æ ǣ ı İ ł")', 'oe OE a ss ae ae i I l'],
    ['NormalizeDiacritics("ē\u0302x")', 'ex'],
    ['NormalizeDiacritics("œ đ ð þ ħ Þ")', 'oe d d th h TH'],
    ['NormalizeDiacritics("Nguyễn Thị Ánh")', 'Nguyen Thi Anh'],
    ['NormalizeDiacritics("x\u0304y")', 'xy'],
    ['NormalizeDiacritics("ţ ģ ķ ŵ")', 't g k w'],
    ['NormalizeDiacritics("ガ 한국 हिन्दी")', 'ガ 한국 हिन्दी'.normalize('NFC')],
    ['NormalizeDiacritics("abc 123 😀")', 'abc 123 😀'],
    ['NormalizeDiacritics([none])', null],
    ['NormalizeDiacritics([many])', ['a', 'o']],
  ])('%s', (text, expected) => {
    expect(resultOf(text, { many: ['á', 'ö'] })).toEqual(expected);
  });

  test('gives the same for the composed and the decomposed form, and leaves its own result alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aäåéøßńžộūĀxyz .'.split(''), '\u0304', '\u0301') }), (a) => {
        const plain = resultOf('NormalizeDiacritics([a])', { a: a.normalize('NFC') });
        expect(resultOf('NormalizeDiacritics([a])', { a: a.normalize('NFD') })).toBe(plain);
        expect(resultOf('NormalizeDiacritics([a])', { a: String(plain) })).toBe(plain);
      }),
      { seed: 6 },
    );
  });
});
