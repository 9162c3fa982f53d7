import Table from 'cli-table3';
import { measureText, wrapText } from './wrapText.js';

/** One value on a terminal: names come from a directory, and nothing in them may steer the terminal. */
export const showText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

/** An instant to the second, in UTC. */
export const showInstant = (instant: string | null): string =>
  instant === null ? '' : instant.replace('T', ' ').replace(/(\.\d+)?Z$/, 'Z');

export const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `Title  text` in lines, the texts below one another; empty ones are left out. */
export const showPairs = (pairs: readonly (readonly [title: string, text: string])[]): string => {
  const shown = pairs.filter(([, text]) => text !== '');
  const width = Math.max(0, ...shown.map(([title]) => title.length));
  return shown.map(([title, text]) => `${title.padEnd(width)}  ${text}\n`).join('');
};

export interface Column {
  readonly title: string;
  /** A column that may be made narrower and is wrapped then; its share of what is left. */
  readonly share?: number;
}

/** A cell: one text, or several that begin on lines of their own. */
export type Cell = string | readonly string[];

const padding = 2;
const narrowest = 12;

/** A table no wider than the terminal: columns without a share are as wide as they need. */
export const showTable = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  terminalColumns: number,
): string => {
  const clean = rows.map((row) => row.map((cell) => [cell].flat().map(showText)));
  const widths = fitColumns(columns, clean, terminalColumns);
  const table = new Table({
    head: columns.map(({ title }) => title),
    colWidths: widths.map((width) => width + padding),
    // Colours would have to be told from text where the output is no terminal.
    style: { head: [], border: [] },
  });
  for (const row of clean) {
    table.push(row.map((lines, at) => lines.flatMap((line) => wrapText(line, widths[at] ?? narrowest)).join('\n')));
  }
  return `${table.toString()}\n`;
};

const fitColumns = (
  columns: readonly Column[],
  rows: readonly (readonly (readonly string[])[])[],
  terminalColumns: number,
): readonly number[] => {
  const needed = columns.map(({ title }, at) =>
    rows.reduce(
      (widest, row) => (row[at] ?? []).reduce((width, line) => Math.max(width, measureText(line)), widest),
      title.length,
    ),
  );
  const frames = columns.length * (padding + 1) + 1;
  const fixed = needed.reduce((sum, width, at) => sum + (columns[at]?.share === undefined ? width : 0), frames);
  const shares = columns.reduce((sum, { share = 0 }) => sum + share, 0);
  return needed.map((width, at) => {
    const share = columns[at]?.share;
    if (share === undefined) return width;
    return Math.min(width, Math.max(narrowest, Math.floor(((terminalColumns - fixed) * share) / shares)));
  });
};
