import { type CompiledExpression, compileExpression } from '../expressions/compileExpression.js';
import type { ExpressionError } from '../expressions/expressionError.js';
import type { SyntaxNode } from '../expressions/syntaxTree.js';
import type { Findings } from './finding.js';
import type { KnownAttributes } from './knownAttributes.js';
import { readMappingSource } from './mappingSource.js';
import type { AttributeMapping } from './synchronizationSchema.js';
import { validateSourceName } from './validateSourceName.js';
import { validateFixedText } from './validateTarget.js';

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  switch (node.kind) {
    case 'call':
      return node.arguments.flatMap((argument) => (argument.kind === 'omitted' ? [] : [argument]));
    case 'concatenation':
      return node.operands;
    case 'comparison':
      return [node.left, node.right];
    default:
      return [];
  }
};

/** Every attribute of an expression with the place of its name. */
const listAttributes = (node: SyntaxNode): readonly { name: string; position: number }[] =>
  node.kind === 'attribute'
    ? [{ name: node.name, position: node.start }]
    : childrenOf(node).flatMap((child) => listAttributes(child));

const reportExpressionError = (error: ExpressionError, path: string, findings: Findings): void =>
  findings.error(path, error.code, error.message, {
    position: error.position.offset,
    expected: error.expected.length === 0 ? null : error.expected.join(' or '),
    nearest: error.nearest,
  });

const validateUnique = (mapping: AttributeMapping, path: string, findings: Findings): void => {
  if ((mapping.matchingPriority ?? 0) > 0) {
    findings.error(path, 'UniqueValueMatches', 'SelectUniqueValue cannot stand in a matching attribute');
  }
  if (mapping.flowType !== 'ObjectAddOnly') {
    findings.error(path, 'UniqueValueOnUpdate', 'SelectUniqueValue is for creation only', {
      expected: 'flowType ObjectAddOnly',
    });
  }
};

/** The value of an expression that reads nothing; undefined for one that cannot be known before an object is. */
const validateConstant = (
  expression: CompiledExpression,
  path: string,
  known: KnownAttributes,
  mapping: AttributeMapping,
  findings: Findings,
): void => {
  const { tree } = expression;
  if (tree.kind !== 'string') return;
  if (tree.value === '') findings.warn(path, 'NeverHasValue', 'The expression is an empty text: nothing is written');
  else validateFixedText(tree.value, known.findTarget(mapping.targetAttributeName), path, findings);
};

const validateExpression = (
  expression: CompiledExpression,
  path: string,
  known: KnownAttributes,
  mapping: AttributeMapping,
  findings: Findings,
): void => {
  for (const { code, message, position } of expression.warnings) {
    findings.warn(path, code, message, { position: position.offset });
  }
  for (const { name, position } of listAttributes(expression.tree)) {
    validateSourceName(name, path, position, known, findings);
  }
  if (expression.tree.kind === 'attribute' && expression.tree.name === 'appRoleAssignments') {
    findings.error(path, 'RolesMappedDirectly', 'appRoleAssignments cannot be mapped directly', {
      expected: 'SingleAppRoleAssignment, AppRoleAssignmentsComplex or AssertiveAppRoleAssignmentsComplex',
    });
  }
  if (expression.usesUniqueValue) validateUnique(mapping, path, findings);
  validateConstant(expression, path, known, mapping, findings);
};

/** Checks where a mapping's value comes from. `path` is the mapping's own. */
export const validateSource = (
  mapping: AttributeMapping,
  path: string,
  known: KnownAttributes,
  findings: Findings,
): void => {
  const source = readMappingSource(mapping.source);
  switch (source.kind) {
    case 'none': {
      const text = mapping.defaultValue;
      if (text !== null && text !== undefined && text !== '') return;
      findings.warn(path, 'NeverHasValue', 'The mapping has neither a source nor a default value', {
        expected: 'a source or a defaultValue',
      });
      return;
    }
    case 'constant': {
      const definition = known.findTarget(mapping.targetAttributeName);
      if (source.value === '') findings.warn(`${path}.source`, 'NeverHasValue', 'The constant is empty');
      else validateFixedText(source.value, definition, `${path}.source.expression`, findings);
      return;
    }
    case 'expression': {
      const textPath = `${path}.source.${source.member}`;
      const expression = compileExpression(source.text);
      if (expression.kind === 'compiled') validateExpression(expression, textPath, known, mapping, findings);
      else for (const error of expression.errors) reportExpressionError(error, textPath, findings);
    }
  }
};
