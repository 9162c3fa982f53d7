import fc from 'fast-check';
import type { Attributes, AttributeValue } from '../../lib/expressions/attributes.js';
import { compileExpression } from '../../lib/expressions/compileExpression.js';
import { toTargetValue } from '../../lib/expressions/toTargetValue.js';
import { createSeededContext } from '../fakes/createSeededContext.js';
import { nowMs } from './evaluateText.js';
import { damagedText, expressionText } from './expressionText.js';

const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.constantFrom(null, '', 'True', '2021-08-24', '12', '{"value":"Admin"}', '{broken'),
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.array(fc.record({ id: fc.string(), displayName: fc.string(), value: fc.option(fc.string()) }), { maxLength: 2 }),
);
const names = ['text', 'number', 'flag', 'many', 'date', 'none', 'appRoleAssignments'] as const;
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(fc.constantFrom(...names), value);

test('every expression is refused or compiled, and every evaluation ends in an outcome', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(expressionText, attributes, (text, object) => {
      const compiled = compileExpression(text);
      kinds.add(compiled.kind);
      if (compiled.kind === 'refused') {
        expect(compiled.errors.length).toBeGreaterThan(0);
        return;
      }
      const outcome = compiled.evaluate(object, { ...createSeededContext(nowMs, 3), isTaken: () => false });
      kinds.add(outcome.kind);
      if (outcome.kind === 'value') expect(toTargetValue(outcome.value)).not.toBeNull();
    }),
    { seed: 11, numRuns: 2000 },
  );
  expect([...kinds].sort()).toEqual(['compiled', 'error', 'ignored', 'null', 'refused', 'value']);
});

test('evaluating twice with the same surroundings gives the same outcome', () => {
  fc.assert(
    fc.property(expressionText, attributes, (text, object) => {
      const compiled = compileExpression(text);
      if (compiled.kind === 'refused') return;
      const evaluate = () => compiled.evaluate(object, createSeededContext(nowMs, 3));
      expect(evaluate()).toEqual(evaluate());
    }),
    { seed: 12, numRuns: 500 },
  );
});

test('a damaged expression is refused with its place, or means something else', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(damagedText, attributes, (text, object) => {
      const compiled = compileExpression(text);
      kinds.add(compiled.kind);
      if (compiled.kind === 'refused') {
        for (const { position } of compiled.errors) expect(text.length).toBeGreaterThanOrEqual(position.offset);
        expect(compiled.errors.length).toBeGreaterThan(0);
        return;
      }
      const outcome = compiled.evaluate(object, { ...createSeededContext(nowMs, 3), isTaken: () => false });
      expect(['value', 'null', 'ignored', 'error']).toContain(outcome.kind);
    }),
    { seed: 15, numRuns: 1000 },
  );
  expect([...kinds].sort()).toEqual(['compiled', 'refused']);
});

test('any text at all is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'Append()[]",&\\=<>- 1aH.\n'.split('')) }), (text) => {
      expect(['compiled', 'refused']).toContain(compileExpression(text).kind);
    }),
    { seed: 13, numRuns: 1000 },
  );
});
