import type { Span } from './position.js';

export const comparisonOperators = ['=', '<>', '>=', '<=', '>', '<'] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export type CallNode = Span & {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
};

/** Nothing stands between two commas: the argument keeps its position but has no value, not even an empty one. */
export type OmittedNode = Span & { readonly kind: 'omitted' };

export type ArgumentNode = SyntaxNode | OmittedNode;

export type SyntaxNode =
  | CallNode
  | (Span & { readonly kind: 'attribute'; readonly name: string })
  | (Span & { readonly kind: 'string'; readonly value: string })
  /** `text` as written; `value` is null for a fraction. */
  | (Span & { readonly kind: 'number'; readonly value: bigint | null; readonly text: string })
  | (Span & { readonly kind: 'word'; readonly text: string })
  | (Span & { readonly kind: 'concatenation'; readonly operands: readonly SyntaxNode[] })
  | (Span & {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: SyntaxNode;
      readonly right: SyntaxNode;
    });
