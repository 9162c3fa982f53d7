import { locateOffset } from '../../expressions/position.js';

/** So much of a long line is shown on each side of the place. */
const sideChars = 60;

/** The line that `offset` stands in, cut around it, and a caret below the place. Two lines, each indented. */
export const drawCaret = (text: string, offset: number): string => {
  const { column } = locateOffset(text, offset);
  const line = text.split(/\r\n|\r|\n/)[locateOffset(text, offset).line - 1] ?? '';
  const at = column - 1;
  const from = Math.max(0, at - sideChars);
  const before = `${from > 0 ? '…' : ''}${line.slice(from, at)}`.replace(/\t/g, ' ');
  const after = line.slice(at, at + sideChars).replace(/\t/g, ' ');
  const rest = line.length > at + sideChars ? '…' : '';
  return `    ${before}${after}${rest}\n    ${' '.repeat(before.length)}^`;
};
