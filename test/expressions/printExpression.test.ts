import fc from 'fast-check';
import { parseExpression } from '../../lib/expressions/parseExpression.js';
import { printExpression } from '../../lib/expressions/printExpression.js';
import type { ArgumentNode } from '../../lib/expressions/syntaxTree.js';
import { damagedText, expressionText } from './expressionText.js';

function parse(text: string) {
  const result = parseExpression(text);
  if (result.kind === 'refused') throw new Error(`${text}: ${result.error.message}`);
  return result.tree;
}

/** The tree without the places in the text it came from. */
function withoutSpans(node: ArgumentNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => {
      if (key === 'start' || key === 'end') return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );
}

test('parsing what was printed gives the tree that was printed', () => {
  fc.assert(
    fc.property(expressionText, (text) => {
      const tree = parse(text);
      expect(withoutSpans(parse(printExpression(tree)))).toEqual(withoutSpans(tree));
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('the same holds for whatever else parses', () => {
  fc.assert(
    fc.property(damagedText, (text) => {
      const result = parseExpression(text);
      if (result.kind === 'refused') return;
      expect(withoutSpans(parse(printExpression(result.tree)))).toEqual(withoutSpans(result.tree));
    }),
    { seed: 6, numRuns: 600 },
  );
});

test('printing is canonical: one space after commas and around operators', () => {
  expect(printExpression(parse('IIF( [a]="x\\\\\\"" ,-1,&HF&[b] )'))).toBe('IIF([a] = "x\\\\\\"", -1, &HF & [b])');
  expect(printExpression(parse('Replace([mail],"@",,,"",,)'))).toBe('Replace([mail], "@", , , "", , )');
});
