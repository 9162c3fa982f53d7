import { tryExpression } from '../../lib/expressions/tryExpression.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import { nowMs } from './evaluateText.js';

const context = createSeededContext(nowMs, 1);

test("answers Graph's own sample in Graph's form", () => {
  const text = 'Replace([preferredLanguage], "-", , , "_", ,  )';
  expect(tryExpression(text, { preferredLanguage: 'EN-US' }, context)).toEqual({
    parsingSucceeded: true,
    evaluationSucceeded: true,
    evaluationResult: ['EN_US'],
    error: null,
    parsedExpression: {
      type: 'Function',
      name: 'Replace',
      expression: text,
      parameters: [
        {
          key: 'source',
          value: { type: 'Attribute', name: 'preferredLanguage', expression: '[preferredLanguage]', parameters: [] },
        },
        { key: 'Find', value: { type: 'Constant', name: '-', expression: '"-"', parameters: [] } },
        { key: 'Replacement', value: { type: 'Constant', name: '_', expression: '"_"', parameters: [] } },
      ],
    },
  });
});

test('a number is written back as a quoted text, an escape is undone in the name', () => {
  const { parsedExpression } = tryExpression('Left("a\\"b", 1)', null, context);
  expect(parsedExpression?.parameters.map(({ value }) => [value.name, value.expression])).toEqual([
    ['a"b', '"a\\"b"'],
    ['1', '"1"'],
  ]);
});

test('keys and values of Switch share a key, and Join repeats its own', () => {
  const keysOf = (text: string) =>
    tryExpression(text, null, context).parsedExpression?.parameters.map(({ key }) => key);
  expect(keysOf('Switch([a], , "b", "c", "d", "e")')).toEqual([
    'source',
    'switchValue',
    'switchValue',
    'switchValue',
    'switchValue',
  ]);
  expect(keysOf('Join(",", [a], [b])')).toEqual(['separator', 'source', 'source']);
  expect(keysOf('FormatDateTime([a], "yyyy", "yy")')).toEqual(['source', 'inputFormat', 'outputFormat']);
});

test('results are texts: several for a collection, none for null and ignored', () => {
  const resultOf = (text: string) => tryExpression(text, { many: ['a', 'b'], flag: true }, context).evaluationResult;
  expect(resultOf('[many]')).toEqual(['a', 'b']);
  expect(resultOf('[flag]')).toEqual(['True']);
  expect(resultOf('[none]')).toEqual([]);
  expect(resultOf('IgnoreFlowIfNullOrEmpty([none])')).toEqual([]);
  expect(resultOf('SelectUniqueValue("x", "y")')).toEqual(['x']);
});

test('a fault is told with its place, a failed evaluation with its code', () => {
  expect(tryExpression('Append("a",\n "b"', {}, context)).toMatchObject({
    parsingSucceeded: false,
    evaluationSucceeded: false,
    parsedExpression: null,
    error: { code: 'UnexpectedEnd', message: expect.stringContaining('line 2, column 5') },
  });
  expect(tryExpression('Item([none], 1)', {}, context)).toMatchObject({
    parsingSucceeded: true,
    evaluationSucceeded: false,
    error: { code: 'OutOfRange' },
  });
});
