import { isBoundaryWordUnit } from './charSet.js';
import type { AnchorKind } from './patternTree.js';

type Anchor = (text: string, position: number, searchStart: number) => boolean;

/** What each anchor asks of a position. */
export const anchors: Readonly<Record<AnchorKind, Anchor>> = {
  textStart: (_text, position) => position === 0,
  textEnd: (text, position) => position === text.length,
  beforeFinalLineFeed: (text, position) =>
    position === text.length || (position === text.length - 1 && text.charAt(position) === '\n'),
  lineStart: (text, position) => position === 0 || text.charAt(position - 1) === '\n',
  lineEnd: (text, position) => position === text.length || text.charAt(position) === '\n',
  searchStart: (_text, position, searchStart) => position === searchStart,
  wordBoundary: isWordBoundary,
  notWordBoundary: (text, position) => !isWordBoundary(text, position),
};

function isWordBoundary(text: string, position: number): boolean {
  return isWordAt(text, position - 1) !== isWordAt(text, position);
}

function isWordAt(text: string, position: number): boolean {
  return position >= 0 && position < text.length && isBoundaryWordUnit(text.charCodeAt(position));
}
