import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { commonOptions } from '../../lib/cli/operate/command.js';
import { commands } from '../../lib/cli/operate/commands/all.js';
import { readOpenApi } from '../acceptance/openApi.js';
import { isMarked, isShown, readBlocks, readCommands, readReadme, readScripts } from './readReadme.js';

/** The test that runs a script's program or, of a test program, what it consists of; and how it calls that. */
const testsOfScripts: Readonly<Record<string, readonly [file: string, mentions: string]>> = {
  start: ['sandbox/start.test.ts', 'lib/sandbox/start.js'],
  host: ['sandbox/host/main.test.ts', 'lib/sandbox/host/main.js'],
  simulators: ['sandbox/simulators.test.ts', 'lib/sandbox/simulators.js'],
  package: ['package/package.test.ts', 'unpack'],
  cli: ['cli/operate/commandLine.test.ts', 'runLine('],
  schema: ['cli/schema/schemaCommand.test.ts', 'runCommand('],
  conformance: ['conformance/runConformance.test.ts', 'runConformance'],
  fuzz: ['fuzz/fuzz.test.ts', 'runFuzz'],
  properties: ['properties/histories.test.ts', 'runHistory'],
  chaos: ['chaos/killPoints.test.ts', 'planKills'],
};

/** What a change has to pass, and so runs with every change. */
const gates = ['test', 'lint', 'types', 'arrows', 'build'];
/** Measures or writes, and is watched by whoever calls it. */
const byHand = ['bench', 'format'];
/** Scripts that only other scripts call. */
const inner = ['setup', 'ready'];

const readme = readReadme();
const told = readBlocks(readme).filter((block) => !isShown(block));
const lines = told.filter((block) => !isMarked(block)).flatMap(readCommands);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

const schemaCommands = ['check', 'eval', 'explain'];

/** What is wrong with a line of `npm run -s cli`. */
const checkOperation = (words: string): readonly string[] => {
  const command = [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => words === name || words.startsWith(`${name} `));
  if (!command) return words.startsWith('--help') || /^[A-Z]+$/.test(words) ? [] : [`no command: ${words}`];
  const options = [...(command.options ?? []), ...commonOptions].map(({ name }) => name);
  return [...words.matchAll(/\s--([\w-]+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help' && !options.includes(name))
    .map((name) => `${command.name} takes no --${name}`);
};

/** `$JOB`, `$SYNC_URL` and what else names an address, as a template of the document. */
const readRoute = (line: string): { readonly method: string; readonly path: string } => {
  const address = /(?:\$JOB|\$SYNC_URL|<API_URL>)[^\s"']*/.exec(line)?.[0] ?? '';
  const route = address
    .replace(/[?].*$/, '')
    .replace('$JOB', '/servicePrincipals/{sp}/synchronization/jobs/{job}')
    .replace(/^(\$SYNC_URL\/api|<API_URL>)/, '')
    .replace('$ENTRA_SERVICE_PRINCIPAL_ID', '{sp}');
  return { method: / -X (\w+)/.exec(line)?.[1] ?? 'GET', path: route };
};

describe('the commands of the README', () => {
  it('are each known to a test, or marked as needing what no test has', () => {
    expect(lines.length).toBeGreaterThan(30);
    const known =
      /^(npm (start|test)( |$)|npm run |npm exec -- azurite |curl |node -e |export [A-Z_]+=|JOB=\$SYNC_URL\/)/;
    expect(lines.filter((line) => !known.test(line))).toEqual([]);
    expect(lines.filter((line) => /\b(az|azd|git) |<[A-Za-z ]+>/.test(line))).toEqual([]);
    expect(told.filter(isMarked).length).toBeGreaterThan(5);
  });

  it('call scripts that there are, and all that are for people are told', () => {
    const called = new Set(readScripts(readme));
    expect([...called].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const forPeople = Object.keys(scripts).filter((name) => !inner.includes(name) && !/^pre/.test(name));
    expect(forPeople.filter((name) => !called.has(name))).toEqual([]);
  });

  it('are programs that a test runs', () => {
    const untested = [...new Set(readScripts(readme))].filter((name) => ![...gates, ...byHand].includes(name));
    const missing = untested.filter((name) => {
      const [file, mentions] = testsOfScripts[name] ?? ['', ''];
      return file === '' || !existsSync(`test/${file}`) || !readFileSync(`test/${file}`, 'utf8').includes(mentions);
    });
    expect(missing).toEqual([]);
  });

  it('run with every change where they are its gates', () => {
    const ran = readScripts(readFileSync('.ci/run', 'utf8').replaceAll('--silent ', ''));
    expect(gates.filter((name) => !ran.includes(name))).toEqual([]);
    const parts = [...readme.matchAll(/-- --only (\w+)`/g)].map(([, name = '']) => name);
    const help = readFileSync('test/bench/main.ts', 'utf8');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.filter((name) => !help.includes(`--only ${name}`))).toEqual([]);
  });

  it('make the settings of the host of what the simulators print', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
    const printed = {
      urls: {},
      tenantId: 't',
      servicePrincipalId: 'sp',
      GRAPH_TOKEN: 'g',
      apiTokens: { 'Provisioning.Configure': 'c' },
    };
    writeFileSync(path.join(folder, 'simulators.json'), JSON.stringify(printed));
    const wanted = lines.filter((line) => /^node -e|simulators\.json"\)/.test(line));
    const script = [...wanted, 'echo $SYNC_TOKEN $ENTRA_SERVICE_PRINCIPAL_ID'].join('\n');
    const told = execFileSync('bash', ['-ec', script], { cwd: folder, encoding: 'utf8' });
    const made: unknown = JSON.parse(readFileSync(path.join(folder, 'local.settings.json'), 'utf8'));
    rmSync(folder, { recursive: true });
    expect(told.trim()).toBe('c sp');
    expect(made).toEqual({
      IsEncrypted: false,
      Values: {
        FUNCTIONS_WORKER_RUNTIME: 'node',
        AzureWebJobsStorage: 'UseDevelopmentStorage=true',
        GRAPH_TOKEN: 'g',
      },
    });
  });

  it('operate with commands and options that there are', () => {
    const operations = [
      ...lines.flatMap((line) => /npm run -s cli -- ([^|]+)/.exec(line)?.[1]?.trim() ?? []),
      ...[...readme.matchAll(/`npm run -s cli -- ([^`]+)`/g)].map(([, words = '']) => words),
    ];
    expect(operations.length).toBeGreaterThan(15);
    expect(operations.flatMap(checkOperation)).toEqual([]);
    const schemas = [...readme.matchAll(/npm run -s schema -- (\w+)/g)].map(([, name = '']) => name);
    expect(schemas.filter((name) => !schemaCommands.includes(name))).toEqual([]);
  });

  it('send requests to routes of the API, each of which a test calls', () => {
    const routes = new Set(readOpenApi().map(({ method, path }) => `${method} ${path}`));
    const sent = told.flatMap(readCommands).filter((line) => line.startsWith('curl '));
    expect(sent.length).toBeGreaterThan(12);
    const unknown = sent.map(readRoute).filter(({ method, path }) => !routes.has(`${method} ${path}`));
    expect(unknown).toEqual([]);
    const bodies = sent.flatMap((line) => / -d '([^']*)'/.exec(line)?.[1] ?? []);
    for (const body of bodies) expect(() => JSON.parse(body)).not.toThrow();
  });

  it('set each variable before it is used', () => {
    const set = new Set(
      told
        .flatMap(readCommands)
        .flatMap((line) => [...line.matchAll(/(?:^|^export | )([A-Z_]+)=/g)].map(([, name]) => name)),
    );
    const used = lines.flatMap((line) => [...line.matchAll(/(?<!\\)\$([A-Z_]+)/g)].map(([, name]) => name));
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !set.has(name))).toEqual([]);
  });
});
