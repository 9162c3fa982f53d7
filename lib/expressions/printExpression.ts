import type { ArgumentNode } from './syntaxTree.js';

/** A tree as text that parses to the same tree, with one space after each comma and around operators. */
export function printExpression(node: ArgumentNode): string {
  switch (node.kind) {
    case 'call':
      return `${node.name}(${node.arguments.map(printExpression).join(', ')})`;
    case 'attribute':
      return `[${node.name}]`;
    case 'string':
      return `"${node.value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    case 'number':
    case 'word':
      return node.text;
    case 'concatenation':
      return node.operands.map(printExpression).join(' & ');
    case 'comparison':
      return `${printExpression(node.left)} ${node.operator} ${printExpression(node.right)}`;
    case 'omitted':
      return '';
  }
}
