import { globSync, readFileSync } from 'node:fs';
import { dimensions, events, findMetric, metrics } from '../../lib/telemetry/names.js';

interface Call {
  readonly name: string;
  readonly text: string;
  readonly file: string;
}

/** What stands between the parenthesis at `from` and the one that closes it. */
const readArguments = (source: string, from: number): string => {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (depth === 0) return source.slice(from + 1, at);
  }
  throw new Error('A call does not end.');
};

const sources = globSync('{lib,functions}/**/*.ts', { exclude: (name) => String(name).includes('sandbox') }).map(
  (file) => ({
    file,
    source: readFileSync(file, 'utf8'),
  }),
);

/** Every name in quotes that a call of this method is given. */
const callsOf = (method: string): readonly Call[] =>
  sources.flatMap(({ file, source }) =>
    [...source.matchAll(new RegExp(`\\.${method}\\(`, 'g'))].flatMap((match) => {
      const text = readArguments(source, match.index + match[0].length - 1);
      return [...text.matchAll(/'([A-Z]\w+|sync\.[\w.]+)'/g)].map(([, name = '']) => ({ name, text, file }));
    }),
  );

describe('the names of telemetry', () => {
  it('list every event that the code emits, and no other', () => {
    const emitted = new Set(
      callsOf('event')
        .filter(({ text }) => /^\s*(('|level|state|notice)[^,]*|[^,]*\?[^,]*),/.test(text))
        .map(({ name }) => name)
        .filter((name) => !['Failed', 'ZoomApiOnAnotherHost'].includes(name)),
    );
    expect([...emitted].sort()).toEqual(Object.keys(events).sort());
  });

  it('list every metric that the engine counts', () => {
    const counted = callsOf('count').filter(({ name }) => name.startsWith('sync.'));
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.filter(({ name }) => findMetric(name) === null)).toEqual([]);
  });

  it('are all told in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const names = [...Object.keys(events), ...Object.values(metrics).map(({ name }) => name)];
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('give each metric a name of its own, and dimensions of few values only', () => {
    const names = Object.values(metrics).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const many = ['objectId', 'cycleId', 'requestId', 'invocationId', 'slice', 'path'];
    for (const { name, dimensions: used } of Object.values(metrics)) {
      expect({ name, many: used.filter((one) => many.includes(one)) }).toEqual({ name, many: [] });
    }
    expect(Object.keys(dimensions)).toEqual(expect.arrayContaining(many));
  });
});
