import { findNearestName } from '../expressions/nearestName.js';
import { type FilterOperator, filterOperators, findFilterOperator, membershipAttribute } from './filterOperators.js';
import type { Findings } from './finding.js';
import type { KnownAttributes } from './knownAttributes.js';
import { compilePattern } from './pattern.js';
import type { FilterClause, FilterGroup, ScopeFilter } from './synchronizationSchema.js';
import { validateSourceName } from './validateSourceName.js';

const maxFilterLength = 10_000;
/** Entra refuses these in filters whatever their type says. */
const unfilterable = new Set(['appRoleAssignments', 'userType', 'manager', 'members']);
const isWholeNumber = (text: string): boolean => /^\s*[+-]?\d+\s*$/.test(text);
const isDate = (text: string): boolean =>
  /^\s*\d{4}-\d{2}-\d{2}(T\S+)?\s*$/i.test(text) && !Number.isNaN(Date.parse(text));

const warnBeyondEntra = (clause: FilterClause, path: string, known: KnownAttributes, findings: Findings): void => {
  const name = clause.sourceOperandName;
  const definition = known.source.get(name);
  const reason =
    definition?.multivalued === true
      ? 'has several values'
      : definition?.type === 'DateTime'
        ? 'is a date'
        : unfilterable.has(name)
          ? 'is not offered for filters'
          : null;
  if (reason === null) return;
  findings.warn(
    `${path}.sourceOperandName`,
    'BeyondEntra',
    `"${name}" ${reason}: Entra cannot filter on it, this app can`,
  );
};

const validatePattern = (pattern: string, path: string, findings: Findings): void => {
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'invalid') {
    findings.error(path, 'InvalidPattern', compiled.message);
    return;
  }
  if (pattern.startsWith('^') && pattern.endsWith('$')) return;
  findings.warn(path, 'UnanchoredPattern', 'The pattern may match anywhere inside the value', {
    expected: '^ at its beginning and $ at its end if the whole value is meant',
  });
};

const validateWanted = (operator: FilterOperator, value: string, path: string, findings: Findings): void => {
  if (value.length > maxFilterLength) {
    findings.error(path, 'TooLong', `The value is longer than ${maxFilterLength} characters`);
    return;
  }
  if (operator.kind === 'regexMatch' || operator.kind === 'notRegexMatch') validatePattern(value, path, findings);
  const isOrdinal = operator.kind === 'greaterThan' || operator.kind === 'greaterThanOrEquals';
  if (!isOrdinal || isWholeNumber(value)) return;
  if (isDate(value)) {
    findings.warn(path, 'BeyondEntra', 'Entra compares whole numbers only; this app compares dates too');
    return;
  }
  findings.error(path, 'OperandType', `${operator.name} cannot compare with "${value.slice(0, 100)}"`, {
    expected: 'a whole number or a date such as 2026-01-31',
  });
};

const validateOperator = (
  operator: FilterOperator,
  clause: FilterClause,
  path: string,
  known: KnownAttributes,
  findings: Findings,
): void => {
  if (operator.kind === 'isMemberOf') {
    findings.warn(
      `${path}.operatorName`,
      'BeyondEntra',
      'Entra lists IsMemberOf without supporting it; this app does, for groups that are assigned to the application',
      {
        expected: `the ids of assigned groups as values, and the scope "assigned": "${membershipAttribute}" has no others`,
      },
    );
  }
  const type = known.source.get(clause.sourceOperandName)?.type ?? 'String';
  if (operator.kind !== 'isMemberOf' && !operator.supportedAttributeTypes.includes(type)) {
    findings.warn(
      path,
      'OperatorType',
      `${operator.name} does not suit "${clause.sourceOperandName}" of type ${type}`,
      {
        expected: `an attribute of type ${operator.supportedAttributeTypes.join(', ')}`,
      },
    );
  }
  const values = clause.targetOperand?.values ?? [];
  if (operator.arity === 'Binary' && values.length === 0) {
    findings.error(`${path}.targetOperand.values`, 'MissingOperand', `${operator.name} has nothing to compare with`, {
      expected: 'one value or more',
    });
  }
  if (operator.arity === 'Unary') return;
  values.forEach((value, index) => {
    validateWanted(operator, value, `${path}.targetOperand.values[${index}]`, findings);
  });
};

const validateClause = (clause: FilterClause, path: string, known: KnownAttributes, findings: Findings): void => {
  const operator = findFilterOperator(clause.operatorName);
  if (operator === undefined) {
    const names = filterOperators.map(({ name }) => name);
    findings.error(`${path}.operatorName`, 'UnknownOperator', `There is no operator "${clause.operatorName}"`, {
      expected: `one of ${names.join(', ')}`,
      nearest: findNearestName(clause.operatorName, names),
    });
    return;
  }
  if (operator.kind !== 'isMemberOf') {
    validateSourceName(clause.sourceOperandName, `${path}.sourceOperandName`, null, known, findings);
    warnBeyondEntra(clause, path, known, findings);
  }
  validateOperator(operator, clause, path, known, findings);
};

const validateGroups = (
  groups: readonly FilterGroup[] | null | undefined,
  path: string,
  known: KnownAttributes,
  findings: Findings,
): void => {
  (groups ?? []).forEach((group, groupIndex) => {
    const clauses = group.clauses ?? [];
    if (clauses.length === 0) {
      findings.warn(`${path}[${groupIndex}]`, 'EmptyFilterGroup', 'A group without a clause lets everything pass');
    }
    clauses.forEach((clause, index) => {
      validateClause(clause, `${path}[${groupIndex}].clauses[${index}]`, known, findings);
    });
  });
};

/** Checks the scoping filters of one object mapping. `path` is the scope's. */
export const validateScope = (scope: ScopeFilter, path: string, known: KnownAttributes, findings: Findings): void => {
  validateGroups(scope.groups, `${path}.groups`, known, findings);
  validateGroups(scope.inputFilterGroups, `${path}.inputFilterGroups`, known, findings);
  if ((scope.categoryFilterGroups ?? []).length === 0) return;
  findings.warn(`${path}.categoryFilterGroups`, 'NotEvaluated', 'Category filters are kept and not evaluated');
};
