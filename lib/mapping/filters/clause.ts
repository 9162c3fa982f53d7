import type { Attributes } from '../../expressions/attributes.js';
import { EvaluationError } from '../../expressions/evaluationError.js';
import { findFilterOperator, membershipAttribute } from '../../schema/filterOperators.js';
import type { FilterClause } from '../../schema/synchronizationSchema.js';
import type { FilterVerdict } from '../compiled.js';
import { InvalidMappingError } from '../invalidMappingError.js';
import { describeOperands, readOperands } from './operand.js';
import { createPredicate } from './predicate.js';

export interface CompiledClause {
  readonly attribute: string;
  /** Ids of the groups whose members it asks for. */
  readonly groupIds: readonly string[];
  evaluate(attributes: Attributes): FilterVerdict;
}

/**
 * One clause as a test with words. An attribute without a value fails every operator but IS NULL, the negative ones
 * too. Of several values, which Entra does not filter on, any must fit, and for a negative operator all.
 */
export const compileClause = (clause: FilterClause, path: string): CompiledClause => {
  const operator = findFilterOperator(clause.operatorName);
  if (operator === undefined) {
    throw new InvalidMappingError(`${path}.operatorName`, `"${clause.operatorName}" is no filter operator`);
  }
  const attribute = operator.kind === 'isMemberOf' ? membershipAttribute : clause.sourceOperandName;
  const wanted = clause.targetOperand?.values ?? [];
  const fits = createPredicate(operator.kind, wanted);
  const isFitting = (operands: ReturnType<typeof readOperands>): boolean => {
    if (operands.length === 0) return operator.kind === 'isNull';
    return operator.multivaluedComparisonType === 'All' ? operands.every(fits) : operands.some(fits);
  };
  const values = wanted.map((value) => `'${value}'`).join(' or ');
  const inWords = operator.arity === 'Unary' ? operator.name : `${operator.name} ${values}`;
  return {
    attribute,
    groupIds: operator.kind === 'isMemberOf' ? wanted.map((id) => id.toLowerCase()) : [],
    evaluate: (attributes) => {
      const operands = readOperands(attributes[attribute]);
      const detail = `${attribute} = ${describeOperands(operands)}, wanted ${inWords}`;
      try {
        return { passed: isFitting(operands), detail, fault: null };
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        const message = `Scoping filter on ${attribute}: ${error.message}`;
        return { passed: false, detail, fault: { path, code: error.code, message } };
      }
    },
  };
};
