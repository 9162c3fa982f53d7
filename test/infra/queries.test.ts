import { readdirSync, readFileSync } from 'node:fs';
import { dimensions, events, metrics } from '../../lib/telemetry/names.js';
import { scimAdvice } from '../../lib/zoom/advice.js';
import { oauthAdvice } from '../../lib/zoom/auth/oauthAdvice.js';
import { bodyOf, readBicep, textsIn } from './readBicep.js';

const dimensionsOfEvents = new Map<string, readonly string[]>(Object.entries(events));
const dimensionsOfMetrics = new Map<string, readonly string[]>(
  Object.values(metrics).map((metric) => [metric.name, metric.dimensions]),
);

interface Query {
  readonly file: string;
  readonly text: string;
}

const readQueries = (folder: string): readonly Query[] =>
  readdirSync(`infra/queries/${folder}`).map((file) => ({
    file: `${folder}/${file}`,
    text: readFileSync(`infra/queries/${folder}/${file}`, 'utf8').replaceAll(/^\s*\/\/.*$/gm, ''),
  }));

const alerts = readQueries('alerts');
const panels = readQueries('workbook');
const queries = [...alerts, ...panels];

/** A query's statements on one table each, with what they read of it. */
const readsOf = ({ file, text }: Query) =>
  text
    .replace(/datatable\([^)]*\) \[[\s\S]*?\];/, '')
    .split(/(?=\bApp(?:Events|Metrics|Traces|Requests|Dependencies)\b)/)
    .filter((part) => part.startsWith('App'))
    .map((part) => ({
      file,
      table: /^App\w+/.exec(part)?.[0] ?? '',
      names: [...part.matchAll(/\bName (?:==|in) (\([^)]*\)|'[^']*')/g)].flatMap((match) => textsIn(match[1] ?? '')),
      dimensions: [...part.matchAll(/Properties(?:\.(\w+)|\['(\w+)'\])/g)].map((match) => match[1] ?? match[2] ?? ''),
    }));

const reads = queries.flatMap(readsOf);

describe('the queries of the alerts and the workbook', () => {
  it('read events and metrics by the names that the code emits', () => {
    expect(reads.length).toBeGreaterThan(queries.length - 1);
    const wrong = reads.flatMap(({ file, table, names }) => {
      const known = table === 'AppEvents' ? dimensionsOfEvents : table === 'AppMetrics' ? dimensionsOfMetrics : null;
      if (names.length === 0) return [`${file}: ${table} without a name`];
      return names.filter((name) => !known?.has(name)).map((name) => `${file}: ${name} in ${table}`);
    });
    expect(wrong).toEqual([]);
  });

  it('read dimensions that those carry', () => {
    const wrong = reads.flatMap(({ file, table, names, dimensions: read }) => {
      const carried = new Set(
        names.flatMap((name) => (table === 'AppEvents' ? dimensionsOfEvents : dimensionsOfMetrics).get(name) ?? []),
      );
      const level = table === 'AppEvents' ? ['level'] : [];
      return read.filter((name) => !carried.has(name) && !level.includes(name)).map((name) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
    expect(reads.flatMap((one) => one.dimensions).filter((name) => !Object.hasOwn(dimensions, name))).toEqual([]);
  });

  it('are each loaded by a template, once', () => {
    const loaded = ['alerts', 'workbook'].flatMap((name) =>
      [...readBicep(`modules/${name}.bicep`).text.matchAll(/loadTextContent\('\.\.\/queries\/([\w/.]+)'\)/g)].map(
        (match) => match[1],
      ),
    );
    expect([...loaded].sort()).toEqual(queries.map(({ file }) => file).sort());
  });

  it('answer with the column that their alert compares, and a row where nothing came', () => {
    const rules = bodyOf(readBicep('modules/alerts.bicep'), 'rules')
      .split(/\n {2}\{\n/)
      .slice(1);
    expect(rules).toHaveLength(alerts.length);
    for (const rule of rules) {
      const file = /queries\/(alerts\/\w+\.kql)/.exec(rule)?.[1];
      const text = alerts.find((one) => one.file === file)?.text ?? '';
      const last = text.trim().split('\n').at(-1) ?? '';
      for (const column of ['column', 'dimension'].flatMap(
        (key) => new RegExp(`${key}: '(\\w+)'`).exec(rule)?.[1] ?? [],
      )) {
        expect(`${file}: ${last}`).toContain(column);
      }
    }
    expect(alerts.find(({ file }) => file.includes('noHeartbeat'))?.text).toMatch(
      /summarize Heartbeats = countif\(.*\)\s*$/,
    );
  });

  it('watch what the README says is watched, each with what to do first', () => {
    const names = [...bodyOf(readBicep('modules/alerts.bicep'), 'rules').matchAll(/^ {4}name: '([^']+)'/gm)];
    const readme = readFileSync('README.md', 'utf8').split('\n### Alerts\n')[1]?.split('\n##')[0] ?? '';
    expect(names).toHaveLength(7);
    expect(names.filter(([, name]) => !readme.includes(`**${name}.**`)).map(([, name]) => name)).toEqual([]);
  });

  it('advise on errors as the code does', () => {
    const text = panels.find(({ file }) => file.endsWith('topErrors.kql'))?.text ?? '';
    const remedies = new Map(
      [...text.matchAll(/^ {4}'(\w+)', '((?:[^'\\]|\\.)*)',?$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
    );
    const advised = { ...oauthAdvice, ...scimAdvice };
    expect(remedies.size).toBeGreaterThan(Object.keys(advised).length);
    for (const [code, { recommendedAction }] of Object.entries(advised)) {
      expect([code, remedies.get(code)]).toEqual([code, recommendedAction.replaceAll("'", "\\'")]);
    }
  });
});
