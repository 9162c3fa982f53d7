import fc from 'fast-check';
import { EvaluationError } from '../../../lib/expressions/evaluationError.js';
import { compileRegex } from '../../../lib/expressions/regex/compileRegex.js';

function matchesOf(pattern: string, text: string): string[] {
  return [...compileRegex(pattern).findMatches(text, { left: 1_000_000 })].map(([{ start, end }]) =>
    text.slice(start, end),
  );
}

function refusalOf(pattern: string): string {
  try {
    compileRegex(pattern);
  } catch (error) {
    if (error instanceof EvaluationError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

test('a text of any length is matched without recursion', () => {
  expect(matchesOf('(?:a|b)*', 'ab'.repeat(30_000))[0]).toHaveLength(60_000);
  expect(matchesOf('(.)*$', 'x'.repeat(60_000))[0]).toHaveLength(60_000);
});

test('the budget is counted in steps, so the same input always ends the same way', () => {
  const spend = (left: number) => {
    const budget = { left };
    const run = () => [...compileRegex('(a|b)+c').findMatches('ab'.repeat(20), budget)];
    return { run, budget };
  };
  const rich = spend(100_000);
  expect(rich.run()).toEqual([]);
  const cost = 100_000 - rich.budget.left;
  expect(spend(cost).run()).toEqual([]);
  expect(spend(cost - 1).run).toThrow(expect.objectContaining({ code: 'RegexBudget' }));
});

test.each([
  ['(?<a-b>x)', 'balancing group'],
  ['(?:ab){100000}', 'too large'],
  ['(?:){2000000000}', 'too large'],
  ['(((a{1,50}b){1,50}c){1,50}d){1,50}', 'too large'],
  ['('.repeat(300) + ')'.repeat(300), 'nested too deeply'],
  ['a'.repeat(10_001), 'longer than'],
  ['[a-[b-[c-'.repeat(30), 'too deeply'],
])('a pattern that cannot be run within bounds is refused: %j', (pattern, reason) => {
  expect(refusalOf(pattern)).toContain(reason);
});

test.each([
  ['a(b', 2],
  ['ab)', 3],
  ['ab[c', 3],
  ['a**', 3],
  ['x\\j', 2],
])('a refusal of %j names the character', (pattern, character) => {
  expect(refusalOf(pattern)).toContain(`(at its character ${character})`);
});

test('case is ignored in the way of .NET: by the lower case, the Kelvin sign included', () => {
  expect(matchesOf('(?i)k', 'kK\u212a')).toHaveLength(3);
  expect(matchesOf('(?i)[^k]', 'kK\u212a')).toHaveLength(0);
  expect(matchesOf('(?i)straße', 'STRAẞE')).toHaveLength(1);
  expect(matchesOf('(?i)i', 'iIİı')).toEqual(['i', 'I']);
  expect(matchesOf('(?i)\\p{Lu}', 'aA1')).toEqual(['a', 'A']);
});

test('a plain text is found wherever it stands, as by indexOf', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀'), maxLength: 4 });
  fc.assert(
    fc.property(word, word, word, (before, text, after) => {
      const whole = before + text + after;
      const [first] = compileRegex(text).findMatches(whole, { left: 10_000 });
      expect(first?.[0].start).toBe(whole.indexOf(text));
    }),
    { seed: 14 },
  );
});

test('what a match costs grows with the groups it tells of', () => {
  const costOf = (groups: number) => {
    const budget = { left: 1_000_000 };
    expect([...compileRegex(`a|${'(b)'.repeat(groups)}`).findMatches('a'.repeat(100), budget)]).toHaveLength(100);
    return 1_000_000 - budget.left;
  };
  expect(costOf(200) - costOf(1)).toBeGreaterThanOrEqual(100 * 199);
});

test('one expression may be searched with while its own matches are gone through', () => {
  const regex = compileRegex('(a)(b)?');
  const counts = [];
  for (const [{ start, end }] of regex.findMatches('ab a', { left: 1_000 })) {
    counts.push([start, end, [...regex.findMatches('aab', { left: 1_000 })].length]);
  }
  expect(counts).toEqual([
    [0, 2, 2],
    [3, 4, 2],
  ]);
});

test.each([
  ['[éa-cb-dx\\p{L}-[q]]', 'éadxqß', 'éadxß'],
  ['(?i)[à-ï]', 'ÀÏàða', 'ÀÏà'],
  ['[^à-ïa]', 'àïaðb', 'ðb'],
  ['[\\p{IsGreek}\\P{L}]', 'α1a', 'α1'],
])('%s takes of %s only %s', (pattern, text, taken) => {
  expect(matchesOf(pattern.replaceAll('\\\\', '\\'), text).join('')).toBe(taken);
});
