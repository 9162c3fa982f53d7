import type { Attributes } from '../../expressions/attributes.js';
import type { FilterGroup } from '../../schema/synchronizationSchema.js';
import type { FilterVerdict } from '../compiled.js';
import { type CompiledClause, compileClause } from './clause.js';

export interface CompiledFilter {
  readonly attributes: readonly string[];
  /** Ids of the groups whose members it asks for, in small letters. */
  readonly groupIds: readonly string[];
  evaluate(attributes: Attributes): FilterVerdict;
}

const noFilter: CompiledFilter = {
  attributes: [],
  groupIds: [],
  evaluate: () => ({ passed: true, detail: 'no scoping filter', fault: null }),
};

/** Clauses of a group are joined by AND: the first that fails speaks for it, before one that could not tell. */
const evaluateGroup = (clauses: readonly CompiledClause[], attributes: Attributes): FilterVerdict => {
  const details: string[] = [];
  let untold: FilterVerdict | null = null;
  for (const clause of clauses) {
    const verdict = clause.evaluate(attributes);
    if (!verdict.passed && verdict.fault === null) return verdict;
    if (verdict.fault !== null) untold ??= verdict;
    details.push(verdict.detail);
  }
  return untold ?? { passed: true, detail: details.join(' and '), fault: null };
};

/** Filter groups, joined by OR. None at all, or one without a clause, lets everything pass. */
export const compileScopeFilter = (groups: readonly FilterGroup[] | null | undefined, path: string): CompiledFilter => {
  if (groups === null || groups === undefined || groups.length === 0) return noFilter;
  const compiled = groups.map((group, groupIndex) =>
    (group.clauses ?? []).map((clause, index) => compileClause(clause, `${path}[${groupIndex}].clauses[${index}]`)),
  );
  if (compiled.some((clauses) => clauses.length === 0)) return noFilter;
  const attributes = [...new Set(compiled.flat().map((clause) => clause.attribute))];
  const groupIds = [...new Set(compiled.flat().flatMap((clause) => clause.groupIds))];
  const evaluate = (values: Attributes): FilterVerdict => {
    const failures: string[] = [];
    let fault: FilterVerdict['fault'] = null;
    for (const clauses of compiled) {
      const verdict = evaluateGroup(clauses, values);
      if (verdict.passed) return verdict;
      fault ??= verdict.fault;
      failures.push(verdict.detail);
    }
    return { passed: false, detail: failures.join('; and '), fault };
  };
  return { attributes, groupIds, evaluate };
};
