import { globSync, readFileSync } from 'node:fs';
import { commands } from '../../lib/cli/operate/commands/all.js';
import { readOpenApi } from '../acceptance/openApi.js';
import { readReadme, sectionOf } from './readReadme.js';

const readme = readReadme();
const rowsOf = (title: string): readonly (readonly string[])[] =>
  sectionOf(readme, title)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(/(?<!\\) ?\| ?/).slice(1, -1));

/** A heading as GitHub names its anchor. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** A route's address as the table has it. */
const shorten = (path: string): string =>
  path
    .replace('/servicePrincipals/{sp}/synchronization/jobs/{job}/', '…/')
    .replace('/servicePrincipals/{sp}/synchronization/jobs', '…/jobs')
    .replace('/servicePrincipals/{sp}/', '…/');

describe('what the README tells', () => {
  it('has a heading for each link within it', () => {
    const anchors = [...readme.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      anchorOf(heading),
    );
    const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('has a row for each setting that the code reads, and no other', () => {
    const sources = globSync('lib/config/*.ts').map((file) => readFileSync(file, 'utf8'));
    const read = sources.flatMap((text) =>
      [...text.matchAll(/env\.read(?:Optional|Required)?\(\s*'(\w+)'/g)].map(([, name = '']) => name),
    );
    const listed = rowsOf('Settings').flatMap(([names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(read.length).toBeGreaterThan(40);
    // Azure's own names are told where they matter.
    const azures = ['WEBSITE_SITE_NAME', 'WEBSITE_INSTANCE_ID'];
    expect(read.filter((name) => !listed.includes(name) && !azures.includes(name))).toEqual([]);
    expect(listed.filter((name) => !read.includes(name ?? ''))).toEqual([]);
  });

  it('has a row for each route of the API, and commands that there are', () => {
    const told = rowsOf('The API').flatMap(([routes = '']) =>
      [...routes.matchAll(/`([^`]+)`/g)].map(([, route]) => route),
    );
    const registered = readOpenApi().map(({ method, path }) => `${method} ${shorten(path)}`);
    expect([...told].sort()).toEqual([...registered].sort());
    const called = rowsOf('The API').flatMap(([, , cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const known = commands.map(({ name }) => name);
    expect(called.filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(known.filter((name) => !called.includes(name))).toEqual([]);
  });

  it('explains the words of its first sections in them or among the words', () => {
    const first = readme.slice(0, readme.indexOf('\n## Operate it\n'));
    const words = sectionOf(readme, 'Words');
    const terms = [
      'cycle',
      'adopted',
      'skipped',
      'drift',
      'scope',
      'held',
      'staged',
      'quarantine',
      'watermark',
      'slice',
    ];
    const used = terms.filter((term) => new RegExp(`\\b${term}\\b`, 'i').test(first));
    expect(used.length).toBeGreaterThan(5);
    const explained = (term: string) =>
      new RegExp(`\\*${term}\\*`, 'i').test(first) ||
      new RegExp(`^\\| [^|]*\\b${term.replace(/ed$/, '')}`, 'm').test(words);
    expect(used.filter((term) => !explained(term))).toEqual([]);
  });
});
