import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

interface NamedTest {
  readonly row: string;
  readonly file: string;
  readonly title: string;
}

const readTable = (): readonly string[] => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('\n## Reliability\n')).split('\n## ')[1] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| ') && !/^\| (failure|---) /.test(line));
};

/** `folder/file`: *title*, *title*; several files are parted by semicolons. */
const readTests = (row: string): readonly NamedTest[] => {
  const cells = row.split(' | ');
  const told = cells.at(-1) ?? '';
  return [...told.matchAll(/`([\w/]+)`: ((?:\*[^*]+\*(?:, )?)+)/g)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/\*([^*]+)\*/g)].map(([, title = '']) => ({ row: cells[0] ?? '', file, title })),
  );
};

const readSource = (file: string): string | null => {
  const path = [`${file}.test.ts`, `${file}.ts`]
    .map((name) => join(root, 'test', name))
    .find((name) => existsSync(name));
  return path === undefined ? null : readFileSync(path, 'utf8');
};

/** Titles stand between quotes; `…` stands for what a table of cases fills in. */
const holdsTitle = (source: string, title: string): boolean => {
  const parts = title.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`['\`]${parts.join('%\\w')}['\`]`).test(source);
};

describe('the README’s table of failures', () => {
  it('has a row for each failure, with what is done, what is seen and its test', () => {
    const rows = readTable();
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) expect({ row, cells: row.split(' | ').length }).toEqual({ row, cells: 4 });
    expect(rows.filter((row) => readTests(row).length === 0)).toEqual([]);
  });

  it('names tests that there are', () => {
    const missing = readTable()
      .flatMap(readTests)
      .filter(({ file, title }) => !holdsTitle(readSource(file) ?? '', title));
    expect(missing).toEqual([]);
  });
});
