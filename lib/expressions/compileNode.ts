import { compareValues } from './compare.js';
import { fromAttribute, toText } from './convert.js';
import type { Argument, Evaluate } from './evaluation.js';
import type { FunctionDefinition, ParameterDeclaration } from './functionDefinition.js';
import { limitText } from './limits.js';
import { findNearestName } from './nearestName.js';
import type { Report } from './report.js';
import type { ArgumentNode, CallNode, SyntaxNode } from './syntaxTree.js';
import { refuseUnknownFunction, validateArity } from './validateCall.js';
import type { Value } from './values.js';

/** What compiling one expression needs and gathers. */
export interface Compilation {
  readonly catalogue: ReadonlyMap<string, FunctionDefinition>;
  readonly report: Report;
  /** Receives the attributes that the expression reads, in the order of their first appearance. */
  readonly attributes: Set<string>;
  /** Receives the functions that it calls. */
  readonly functions: Set<string>;
}

/** Turns a tree into closures. `parameter` is where the node stands: it decides which bare words mean something. */
export function compileNode(node: SyntaxNode, compilation: Compilation, parameter?: ParameterDeclaration): Argument {
  switch (node.kind) {
    case 'string':
      return constantOf(node, node.value);
    case 'number':
      return constantOf(node, node.value ?? node.text);
    case 'word':
      return compileWord(node, compilation, parameter);
    case 'attribute':
      compilation.attributes.add(node.name);
      return { node, constant: undefined, evaluate: readAttribute(node.name) };
    case 'concatenation':
      return { node, constant: undefined, evaluate: compileConcatenation(node.operands, compilation) };
    case 'comparison': {
      const left = compileNode(node.left, compilation).evaluate;
      const right = compileNode(node.right, compilation).evaluate;
      const { operator } = node;
      return { node, constant: undefined, evaluate: (scope) => compareValues(operator, left(scope), right(scope)) };
    }
    case 'call':
      return { node, constant: undefined, evaluate: compileCall(node, compilation) };
  }
}

function constantOf(node: SyntaxNode, constant: Value): Argument {
  return { node, constant, evaluate: () => constant };
}

/** Texts and booleans are told apart first, being nearly all there is, and never what every object inherits. */
function readAttribute(name: string): Evaluate {
  return ({ attributes }) => {
    const value = attributes[name];
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    return Object.hasOwn(attributes, name) ? fromAttribute(value) : null;
  };
}

function compileWord(
  node: Extract<SyntaxNode, { kind: 'word' }>,
  { catalogue, report }: Compilation,
  parameter: ParameterDeclaration | undefined,
): Argument {
  const words = parameter?.words ?? [];
  if (words.includes(node.text)) return constantOf(node, node.text);
  if (node.text === 'True' || node.text === 'False') return constantOf(node, node.text === 'True');
  const expected = words.length > 0 ? words : ['a text in double quotes', 'an attribute in [ ]', 'a function call'];
  const nearest = findNearestName(node.text, [...words, 'True', 'False', ...catalogue.keys()]);
  report.refuse(node, 'UnknownWord', `The bare word ${node.text} means nothing here`, { expected, nearest });
  return { node, constant: undefined, evaluate: () => null };
}

function compileConcatenation(operands: readonly SyntaxNode[], compilation: Compilation): Evaluate {
  const evaluates = operands.map((operand) => compileNode(operand, compilation).evaluate);
  return (scope) => {
    let joined = '';
    for (const evaluate of evaluates) joined += toText(evaluate(scope)) ?? '';
    return limitText(joined, scope.limits);
  };
}

function compileCall(written: CallNode, compilation: Compilation): Evaluate {
  const { catalogue, functions, report } = compilation;
  const definition = catalogue.get(written.name);
  const node = definition?.rearrange?.(written) ?? written;
  const list = node.arguments.map((argument, index) => compileArgument(argument, compilation, definition, index));
  if (definition === undefined) {
    refuseUnknownFunction(node, catalogue.keys(), report);
    return () => null;
  }
  functions.add(node.name);
  if (node !== written) report.warn(node, 'OlderForm', `${node.name} is written in an older form; give all arguments`);
  warnOfOrigin(node, definition, report);
  if (!validateArity(node, definition, report)) return () => null;
  return definition.compile({ node, arguments: list, report });
}

function compileArgument(
  node: ArgumentNode,
  compilation: Compilation,
  definition: FunctionDefinition | undefined,
  index: number,
): Argument | undefined {
  if (node.kind === 'omitted') return undefined;
  return compileNode(node, compilation, definition?.parameters[index]);
}

function warnOfOrigin(node: CallNode, { origin }: FunctionDefinition, report: Report): void {
  if (origin !== 'cloudSync' && origin !== 'graph') return;
  const where = origin === 'cloudSync' ? 'for cloud sync only' : "in Graph's list of functions only";
  report.warn(
    node,
    'NotOnFunctionsPage',
    `${node.name} is described ${where}; Entra's own provisioning may not know it`,
  );
}
