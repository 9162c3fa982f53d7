import { type CharSet, charSetOf, holdsUnit } from './charSet.js';
import { canBeEmpty, type PatternNode } from './patternTree.js';

/** The units that a match of the node can begin with; undefined where it may be empty, or where that is not known. */
export function findFirstUnits(node: PatternNode): CharSet | undefined {
  switch (node.kind) {
    case 'unit':
      return node.set;
    case 'capture':
    case 'atomic':
      return findFirstUnits(node.body);
    case 'loop':
      return node.min > 0 ? findFirstUnits(node.body) : undefined;
    case 'sequence':
      return findFirstOfSequence(node.nodes);
    case 'choice':
      return unite(node.branches.map(findFirstUnits));
    case 'empty':
    case 'look':
    case 'backreference':
    case 'anchor':
    case 'groupCondition':
    case 'lookCondition':
      return undefined;
  }
}

/** Whether every match begins where the text does. */
export function isAnchoredAtStart(node: PatternNode): boolean {
  switch (node.kind) {
    case 'anchor':
      return node.at === 'textStart';
    case 'sequence':
      return node.nodes[0] !== undefined && isAnchoredAtStart(node.nodes[0]);
    case 'choice':
      return node.branches.every(isAnchoredAtStart);
    case 'capture':
    case 'atomic':
      return isAnchoredAtStart(node.body);
    default:
      return false;
  }
}

function findFirstOfSequence(nodes: readonly PatternNode[]): CharSet | undefined {
  const first = nodes.find((node) => node.kind !== 'anchor' && node.kind !== 'look');
  return first === undefined || canBeEmpty(first) ? undefined : findFirstUnits(first);
}

function unite(sets: readonly (CharSet | undefined)[]): CharSet | undefined {
  const known = sets.filter((set) => set !== undefined);
  if (known.length < sets.length) return undefined;
  return charSetOf((code) => known.some((set) => holdsUnit(set, code)));
}
