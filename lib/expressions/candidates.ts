import { type Compilation, compileNode } from './compileNode.js';
import { toSingle, toText } from './convert.js';
import type { Evaluate, Outcome, Scope } from './evaluation.js';
import { EvaluationError } from './evaluationError.js';
import { toOutcome } from './outcome.js';
import type { SyntaxNode } from './syntaxTree.js';
import { validateArity } from './validateCall.js';

const allTaken =
  'SelectUniqueValue: the target already holds the value of every rule; add a rule, or free one of the values';

/** The rules of an expression that is a call of `SelectUniqueValue`; undefined for every other expression. */
export function compileCandidates(tree: SyntaxNode, compilation: Compilation): Evaluate[] | undefined {
  if (tree.kind !== 'call' || tree.name !== 'SelectUniqueValue') return undefined;
  const definition = compilation.catalogue.get(tree.name);
  if (definition === undefined || !validateArity(tree, definition, compilation.report)) return [];
  compilation.functions.add(tree.name);
  return tree.arguments.flatMap((rule) => {
    if (rule.kind === 'omitted') return [];
    const { evaluate } = compileNode(rule, compilation);
    return [(scope: Scope) => toText(toSingle(evaluate(scope)))];
  });
}

/** The first rule's value that `context.isTaken` denies; rules behind it are not evaluated. */
export function selectCandidate(rules: readonly Evaluate[], scope: Scope): Outcome {
  const { isTaken } = scope.context;
  const select = (): string | null => {
    if (isTaken === undefined) {
      throw new EvaluationError(
        'NoUniqueLookup',
        'SelectUniqueValue needs the target and is evaluated on creation only',
      );
    }
    for (const rule of rules) {
      const candidate = toText(rule(scope));
      if (candidate && !isTaken(candidate)) return candidate;
    }
    throw new EvaluationError('NoUniqueValue', allTaken);
  };
  return toOutcome(select, scope);
}

/** As `selectCandidate`, with a lookup that takes time. What the lookup throws goes to the caller. */
export async function selectCandidateAsync(
  rules: readonly Evaluate[],
  scope: Scope,
  isTaken: (candidate: string) => Promise<boolean>,
): Promise<Outcome> {
  for (const rule of rules) {
    const outcome = toOutcome(rule, scope);
    if (outcome.kind === 'ignored' || outcome.kind === 'error') return outcome;
    if (outcome.kind === 'null' || typeof outcome.value !== 'string' || outcome.value === '') continue;
    if (!(await isTaken(outcome.value))) return outcome;
  }
  return { kind: 'error', code: 'NoUniqueValue', message: allTaken };
}
