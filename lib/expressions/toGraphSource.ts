import { functionCatalogue } from './functions/catalogue.js';
import type { ArgumentNode, CallNode, SyntaxNode } from './syntaxTree.js';

/** A node of Graph's parse tree (`attributeMappingSource`). */
export interface GraphSource {
  readonly type: 'Attribute' | 'Constant' | 'Function';
  /** The function's or attribute's name, or the constant's text without quotes and escapes. */
  readonly name: string;
  /** The node's source text; a number is written as a quoted text. */
  readonly expression: string;
  readonly parameters: readonly GraphParameter[];
}

export interface GraphParameter {
  readonly key: string;
  readonly value: GraphSource;
}

/** The tree of `text` in Graph's form. Omitted arguments are left out; `&` and comparisons appear as functions of that name. */
export function toGraphSource(node: SyntaxNode, text: string): GraphSource {
  const expression = text.slice(node.start, node.end);
  switch (node.kind) {
    case 'attribute':
      return { type: 'Attribute', name: node.name, expression, parameters: [] };
    case 'string':
      return { type: 'Constant', name: node.value, expression, parameters: [] };
    case 'number':
      return { type: 'Constant', name: node.text, expression: `"${node.text}"`, parameters: [] };
    case 'word':
      return { type: 'Constant', name: node.text, expression, parameters: [] };
    case 'concatenation':
      return { type: 'Function', name: '&', expression, parameters: listParameters(node.operands, ['source'], text) };
    case 'comparison': {
      const parameters = listParameters([node.left, node.right], ['left', 'right'], text);
      return { type: 'Function', name: node.operator, expression, parameters };
    }
    case 'call':
      return { type: 'Function', name: node.name, expression, parameters: listArguments(node, text) };
  }
}

function listArguments(written: CallNode, text: string): GraphParameter[] {
  const definition = functionCatalogue.get(written.name);
  const node = definition?.rearrange?.(written) ?? written;
  const keys = definition?.parameters.map(({ key }) => key) ?? [];
  return listParameters(node.arguments, keys, text);
}

/** Arguments behind the last key repeat it. */
function listParameters(nodes: readonly ArgumentNode[], keys: readonly string[], text: string): GraphParameter[] {
  return nodes.flatMap((node, index) => {
    if (node.kind === 'omitted') return [];
    return [{ key: keys[index] ?? keys.at(-1) ?? 'source', value: toGraphSource(node, text) }];
  });
}
