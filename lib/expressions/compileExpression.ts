import type { Attributes } from './attributes.js';
import { compileCandidates, selectCandidate, selectCandidateAsync } from './candidates.js';
import { type Compilation, compileNode } from './compileNode.js';
import type { Evaluate, EvaluationContext, Outcome, Scope } from './evaluation.js';
import type { ExpressionError, ExpressionWarning } from './expressionError.js';
import { functionCatalogue } from './functions/catalogue.js';
import { defaultLimits, type ExpressionLimits } from './limits.js';
import { toOutcome } from './outcome.js';
import { parseExpression } from './parseExpression.js';
import { createReport } from './report.js';
import type { SyntaxNode } from './syntaxTree.js';

/** An expression, parsed, validated and turned into closures once, to be evaluated for any number of objects. */
export interface CompiledExpression {
  readonly kind: 'compiled';
  readonly text: string;
  readonly tree: SyntaxNode;
  readonly warnings: readonly ExpressionWarning[];
  /** The attributes it reads, in the order of their first appearance. */
  readonly attributes: readonly string[];
  /** It calls `SelectUniqueValue`: use `evaluateUnique`, on creation only. */
  readonly usesUniqueValue: boolean;
  /** Its only attribute is `IsSoftDeleted`, so it can be evaluated for an object of which only the id is known. */
  readonly isSoftDeletedOnly: boolean;
  /** It calls `Redact`: logs show `[Redact]` in place of its value and of what it read. */
  readonly isRedacted: boolean;
  /** How an update writes the roles that it gives: added to the target's, or in place of them; null where it gives none. */
  readonly roleWrite: 'add' | 'replace' | null;
  /** Never throws because of data: what an object's attributes make impossible is an outcome. */
  evaluate(attributes: Attributes, context: EvaluationContext): Outcome;
  /** As `evaluate`, and asks `isTaken` about one candidate of `SelectUniqueValue` after another until one is free. */
  evaluateUnique(
    attributes: Attributes,
    context: EvaluationContext,
    isTaken: (candidate: string) => Promise<boolean>,
  ): Promise<Outcome>;
}

export interface RefusedExpression {
  readonly kind: 'refused';
  readonly errors: readonly ExpressionError[];
  readonly warnings: readonly ExpressionWarning[];
}

export interface CompileOptions {
  readonly limits?: Partial<ExpressionLimits>;
}

/** Parses, validates and compiles the text of an attribute mapping's expression. */
export function compileExpression(text: string, options: CompileOptions = {}): CompiledExpression | RefusedExpression {
  const limits = { ...defaultLimits, ...options.limits };
  const parsed = parseExpression(text, limits);
  if (parsed.kind === 'refused') return { kind: 'refused', errors: [parsed.error], warnings: [] };
  const report = createReport(text, parsed.warnings);
  const compilation: Compilation = {
    catalogue: functionCatalogue,
    report,
    attributes: new Set(),
    functions: new Set(),
  };
  const rules = compileCandidates(parsed.tree, compilation);
  const evaluate = rules === undefined ? compileNode(parsed.tree, compilation).evaluate : undefined;
  if (report.errors.length > 0) return { kind: 'refused', errors: report.errors, warnings: report.warnings };
  return {
    kind: 'compiled',
    text,
    tree: parsed.tree,
    warnings: report.warnings,
    ...describe(compilation, rules !== undefined),
    ...bindEvaluation(evaluate, rules ?? [], limits),
  };
}

function describe({ attributes, functions }: Compilation, usesUniqueValue: boolean) {
  const roleWrite = functions.has('AssertiveAppRoleAssignmentsComplex')
    ? ('replace' as const)
    : functions.has('AppRoleAssignmentsComplex')
      ? ('add' as const)
      : null;
  return {
    attributes: [...attributes],
    usesUniqueValue,
    isSoftDeletedOnly: attributes.size === 1 && attributes.has('IsSoftDeleted'),
    isRedacted: functions.has('Redact'),
    roleWrite,
  };
}

function bindEvaluation(
  evaluate: Evaluate | undefined,
  rules: readonly Evaluate[],
  limits: ExpressionLimits,
): Pick<CompiledExpression, 'evaluate' | 'evaluateUnique'> {
  const createScope = (attributes: Attributes, context: EvaluationContext): Scope => ({
    attributes,
    context,
    limits,
    left: limits.maxRegexSteps,
  });
  if (evaluate === undefined) {
    return {
      evaluate: (attributes, context) => selectCandidate(rules, createScope(attributes, context)),
      evaluateUnique: (attributes, context, isTaken) =>
        selectCandidateAsync(rules, createScope(attributes, context), isTaken),
    };
  }
  return {
    evaluate: (attributes, context) => toOutcome(evaluate, createScope(attributes, context)),
    evaluateUnique: (attributes, context) => Promise.resolve(toOutcome(evaluate, createScope(attributes, context))),
  };
}
