import { compileExpression } from '../../lib/expressions/compileExpression.js';
import { functionCatalogue } from '../../lib/expressions/functions/catalogue.js';
import { createRandomness } from '../../lib/sandbox/graph/random.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { checkExpression } from './checkExpression.js';
import { checkSchema } from './checkSchema.js';
import { drawExpression } from './drawExpression.js';
import { addResult, describeFigures, describeOffender, noFigures } from './figures.js';
import { fuzzCase } from './fuzzCase.js';
import { runFuzz } from './runFuzz.js';

test('drawn and damaged expressions and schemas neither crash nor break a rule', () => {
  let figures = noFigures;
  for (let number = 0; number < 250; number += 1) figures = addResult(figures, number, fuzzCase(6, number));
  expect(figures.offenders).toEqual([]);
  expect(Object.keys(figures.counts)).toEqual(
    expect.arrayContaining(['value', 'null', 'refused', 'valid', 'invalid', 'NotText', 'NotInteger']),
  );
});

test('drawn expressions call every function, and most of them compile', () => {
  const random = createRandomness(3, 'functions');
  const called = new Set<string>();
  let compiled = 0;
  for (let number = 0; number < 600; number += 1) {
    const text = drawExpression(random);
    for (const [name] of text.matchAll(/[A-Za-z0-9]+(?=[ \n\t]*\()/g)) called.add(name);
    if (compileExpression(text).kind === 'compiled') compiled += 1;
  }
  expect([...functionCatalogue.keys()].filter((name) => !called.has(name))).toEqual([]);
  expect(compiled).toBeGreaterThan(300);
});

test('a number draws the same case again', () => {
  const { tookMs: _first, ...first } = fuzzCase(9, 41);
  const { tookMs: _again, ...again } = fuzzCase(9, 41);
  expect(again).toEqual(first);
});

test('checks tell what became of an input', () => {
  expect(checkExpression('Append([mail], "x")', [{ mail: 'a' }, {}])).toEqual({ kinds: ['value', 'null'], faults: [] });
  expect(checkExpression('Append(', [{}])).toEqual({ kinds: ['refused'], faults: [] });
  expect(checkSchema(builtInZoomSchema, [{}])).toEqual({ kinds: ['valid'], faults: [] });
  expect(checkSchema({}, [{}])).toEqual({ kinds: ['invalid'], faults: [] });
});

test('an offender is counted and told with what repeats it', () => {
  const result = { kind: 'mutated', input: '[a', kinds: ['thrown'], faults: ['threw'], tookMs: 3 } as const;
  const figures = addResult(addResult(noFigures, 6, result), 7, { ...result, faults: [], kinds: ['value'], tookMs: 1 });
  expect(describeFigures(figures, 4, 1)).toBe(
    '2 cases in 1 s, seed 4; the slowest took 3 ms (--case 6)\n  mutated 2, thrown 1, value 1\n1 offenders',
  );
  expect(figures.offenders.map((offender) => describeOffender(offender, 4))).toEqual([
    'The mutated of --seed 4 --case 6 went wrong:\n  !! threw\n  [a',
  ]);
});

test('the worker thread runs to its time and hands over its figures', async () => {
  const figures = await runFuzz({ seed: 2, seconds: 0.2, onOffender: () => undefined });
  expect(figures.cases).toBeGreaterThan(0);
  expect(figures.offenders).toEqual([]);
});
