import { type CompiledExpression, compileExpression } from '../expressions/compileExpression.js';
import { toTargetValue } from '../expressions/toTargetValue.js';
import type { MappingSource } from '../schema/mappingSource.js';
import type { CompiledSource, SourceOutcome } from './compiledSource.js';
import { InvalidMappingError } from './invalidMappingError.js';

const createFixedSource = (outcome: SourceOutcome): CompiledSource => ({
  attributes: [],
  isUnique: false,
  isRedacted: false,
  addsOnly: false,
  evaluate: () => outcome,
});

const createExpressionSource = (expression: CompiledExpression): CompiledSource => ({
  attributes: expression.attributes,
  isUnique: expression.usesUniqueValue,
  isRedacted: expression.isRedacted,
  addsOnly: expression.roleWrite === 'add',
  evaluate: (attributes, context) => {
    const outcome = expression.evaluate(attributes, context);
    return outcome.kind === 'value' ? { kind: 'value', value: toTargetValue(outcome.value) } : outcome;
  },
});

/** Compiles a mapping's source; `path` is where it stands. Throws `InvalidMappingError` for an expression with errors. */
export const compileSource = (source: MappingSource, path: string): CompiledSource => {
  switch (source.kind) {
    case 'none':
      return createFixedSource({ kind: 'null' });
    case 'constant':
      return createFixedSource(source.value === '' ? { kind: 'null' } : { kind: 'value', value: source.value });
    case 'expression': {
      const expression = compileExpression(source.text);
      if (expression.kind === 'compiled') return createExpressionSource(expression);
      const [error] = expression.errors;
      throw new InvalidMappingError(`${path}.${source.member}`, error?.message ?? 'the expression is refused');
    }
  }
};
