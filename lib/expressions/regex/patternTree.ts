import type { CharSet } from './charSet.js';

export type AnchorKind =
  | 'textStart'
  | 'textEnd'
  /** The end, or before a final line feed. */
  | 'beforeFinalLineFeed'
  | 'lineStart'
  | 'lineEnd'
  /** Where the search for this match began (`\G`). */
  | 'searchStart'
  | 'wordBoundary'
  | 'notWordBoundary';

/** A .NET pattern as a tree. Options are resolved: what `(?i)` and its like mean is in the nodes. */
export type PatternNode =
  | { readonly kind: 'empty' }
  /** One UTF-16 unit out of a set. */
  | { readonly kind: 'unit'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternNode[] }
  /** `max` is Infinity where there is none. */
  | {
      readonly kind: 'loop';
      readonly body: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
    }
  | { readonly kind: 'capture'; readonly group: string; readonly body: PatternNode }
  | { readonly kind: 'atomic'; readonly body: PatternNode }
  | {
      readonly kind: 'look';
      readonly direction: 'ahead' | 'behind';
      readonly isNegative: boolean;
      readonly body: PatternNode;
    }
  | { readonly kind: 'backreference'; readonly group: string; readonly ignoresCase: boolean }
  | { readonly kind: 'anchor'; readonly at: AnchorKind }
  /** `(?(group)yes|no)` */
  | {
      readonly kind: 'groupCondition';
      readonly group: string;
      readonly yes: PatternNode;
      readonly no: PatternNode;
    }
  /** `(?(pattern)yes|no)`; the test is a look ahead. */
  | {
      readonly kind: 'lookCondition';
      readonly test: PatternNode;
      readonly yes: PatternNode;
      readonly no: PatternNode;
    };

/** Whether a node may match the empty text. */
export function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'unit':
      return false;
    case 'sequence':
      return node.nodes.every(canBeEmpty);
    case 'choice':
      return node.branches.some(canBeEmpty);
    case 'loop':
      return node.min === 0 || canBeEmpty(node.body);
    case 'capture':
    case 'atomic':
      return canBeEmpty(node.body);
    case 'groupCondition':
    case 'lookCondition':
      return canBeEmpty(node.yes) || canBeEmpty(node.no);
    case 'empty':
    case 'look':
    case 'anchor':
    case 'backreference':
      return true;
  }
}
