/** A column wider than this does not push the next one further. */
const widest = 60;

/** Rows of texts as lines, indented, their columns below one another; blanks at the end are left out. */
export const alignColumns = (rows: readonly (readonly string[])[]): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.min(widest, Math.max(0, ...rows.map((row) => (row[column] ?? '').length))),
  );
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
};
