import fc from 'fast-check';
import { createEvaluationContext } from '../../../lib/expressions/createEvaluationContext.js';
import { compile, errorOf, refuse, resultOf } from '../evaluateText.js';

const countOf = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;

test('a random text has its length, its minimums, and none of the characters to avoid', () => {
  const minimum = fc.integer({ min: 0, max: 8 });
  fc.assert(
    fc.property(minimum, minimum, minimum, minimum, minimum, (digits, specials, capitals, lowers, more) => {
      const length = digits + specials + capitals + lowers + more;
      const call = `RandomString(${[length, digits, specials, capitals, lowers].join()}, "aZ0,")`;
      const text = String(resultOf(call));
      expect(text).toHaveLength(length);
      expect(countOf(text, /[0-9]/g)).toBeGreaterThanOrEqual(digits);
      expect(countOf(text, /[^0-9A-Za-z]/g)).toBeGreaterThanOrEqual(specials);
      expect(countOf(text, /[A-Z]/g)).toBeGreaterThanOrEqual(capitals);
      expect(countOf(text, /[a-z]/g)).toBeGreaterThanOrEqual(lowers);
      expect(text).not.toMatch(/[aZ0,]/);
    }),
    { seed: 9 },
  );
});

test('the required characters do not always come first', () => {
  const context = createEvaluationContext(0);
  const expression = compile(
    'RandomString(20, 1, 0, 0, 0, "ABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*_-+=`|\\\\(){}[]:;\\"\'<>,.?/")',
  );
  const places = new Set<number>();
  for (let run = 0; run < 50; run += 1) {
    const outcome = expression.evaluate({}, context);
    if (outcome.kind === 'value') places.add(String(outcome.value).search(/[0-9]/));
  }
  expect(places.size).toBeGreaterThan(1);
});

test('what cannot be is refused where it is constant, and an error where it is not', () => {
  for (const list of ['257, 0, 0, 0, 0', '-1, 0, 0, 0, 0', '3, 1, 1, 1, 1', '1, 1, 0, 0, 0, "0123456789"']) {
    expect(refuse(`RandomString(${list})`).errors[0]).toMatchObject({ code: 'InvalidArgument' });
  }
  expect(errorOf('RandomString([length], 1, 1, 1, 1)', { length: 3 })).toBe('ImpossibleRandomString');
  expect(resultOf('RandomString(0, 0, 0, 0, 0)')).toBe('');
});

test('each Guid is another', () => {
  const [left, right] = String(resultOf('Join(" ", Guid(), Guid())')).split(' ');
  expect(left).not.toBe(right);
  const outcome = compile('Guid()').evaluate({}, createEvaluationContext(0));
  expect(outcome).toMatchObject({ value: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });
});
