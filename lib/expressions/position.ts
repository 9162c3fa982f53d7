/** A place in an expression's text. `offset` counts UTF-16 units from 0; `line` and `column` count from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The part of the text that a token or node covers: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line breaks are LF, CR LF and CR alone. */
export function locateOffset(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  const lastLine = lines.at(-1) ?? '';
  return { offset, line: lines.length, column: lastLine.length + 1 };
}
