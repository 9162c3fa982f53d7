import fc from 'fast-check';
import { anyText } from '../anyText.js';
import { errorOf, resultOf } from '../evaluateText.js';

test.each([
  ['ConvertFromBase64("w6k=", UTF8)', 'é'],
  ['ConvertFromBase64("QcM=", ASCII)', 'A?'],
  ['ConvertFromBase64("QQA=", Unicode)', 'A'],
  ['ConvertFromBase64("Q Q\nA=")', 'A'],
  ['ConvertFromBase64([none])', null],
  ['ConvertToBase64("")', ''],
  ['ConvertToUTF8Hex("")', ''],
  ['StringFromSid("AQUAAAAAAAUVAAAA3PTcO4M9K0aCi6Yo9AEAAA==")', 'S-1-5-21-1004336348-1177238915-682003330-500'],
  ['StringFromSid("AQEAAAAAAAUSAAAA")', 'S-1-5-18'],
])('%s', (text, expected) => {
  expect(resultOf(text)).toBe(expected);
});

test('base64 there and back is the same text', () => {
  fc.assert(
    fc.property(anyText, (a) => {
      expect(resultOf('ConvertFromBase64(ConvertToBase64([a]))', { a })).toBe(a);
    }),
    { seed: 8 },
  );
});

test.each([
  ['ConvertFromBase64([a])', 'QQ=', 'InvalidBase64'],
  ['ConvertFromBase64([a])', 'Q!==', 'InvalidBase64'],
  ['StringFromSid([a])', 'AQEAAAAAAAUSAAA=', 'InvalidSid'],
  ['StringFromSid([a])', '', 'InvalidSid'],
])('%s of %s is %s', (text, a, code) => {
  expect(errorOf(text, { a })).toBe(code);
});
