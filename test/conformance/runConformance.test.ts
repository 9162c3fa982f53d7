import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runConformance } from './runConformance.js';

const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = runConformance(args, {
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
  });
  return { exitCode, printed: printed.join('\n'), complaints: complaints.join('\n') };
};

const write = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const passing = { id: 'a', function: 'CStr', expression: 'CStr(1)', attributes: {}, expected: '1' };

test('all passed is exit code 0, with the totals as the last line', () => {
  expect(run(write('good.json', [passing]))).toEqual({ exitCode: 0, printed: '1 passed, 0 failed', complaints: '' });
});

test('a failure is printed with what came instead, and is exit code 1', () => {
  const cases = [
    passing,
    { ...passing, id: 'b', expected: '2' },
    { ...passing, id: 'c', expected: null, expectError: true },
    { ...passing, id: 'd', expectIgnored: true },
    { ...passing, id: 'e', expression: 'Nope(1)' },
  ];
  const { exitCode, printed } = run(write('bad.json', cases));
  expect(exitCode).toBe(1);
  expect(printed.split('\n')).toEqual([
    'b: expected "2", got "1"',
    '  CStr(1)',
    'c: expected an error, got "1"',
    '  CStr(1)',
    'd: expected ignored, got "1"',
    '  CStr(1)',
    expect.stringContaining('e: expected "1", got an error (UnknownFunction'),
    '  Nope(1)',
    '1 passed, 4 failed',
  ]);
});

test('a boolean may come as its text', () => {
  const cases = [
    { ...passing, expression: 'IIF(1 = 1, "True", "False")', expected: true },
    { ...passing, expression: '1 = 2', expected: false },
    { ...passing, expression: '"true"', expected: true },
  ];
  expect(run(write('boolean.json', cases)).printed).toContain('2 passed, 1 failed');
});

test('several files are one run', () => {
  const file = write('good.json', [passing]);
  expect(run(file, file).printed).toBe('2 passed, 0 failed');
});

test.each([
  ['no file', () => [], 'No file is given.'],
  ['an unknown option', () => ['--fast'], "Unknown option '--fast'"],
  ['a path that leads nowhere', () => [path.join(folder, 'none.json')], 'cannot be read: ENOENT'],
  ['a folder', () => [folder], 'cannot be read: EISDIR'],
  ['text that is no JSON', () => [write('text.json', '[{')], 'not JSON: '],
  ['JSON that is no list', () => [write('object.json', {})], 'not a file of cases: the document: '],
  [
    'a case without its expression',
    () => [write('case.json', [passing, { ...passing, expression: 5 }])],
    'not a file of cases: [1].expression: ',
  ],
  [
    'a case that expects nothing',
    () => [write('case.json', [{ ...passing, expected: undefined }])],
    '[0]: needs expected',
  ],
  ['a time that is none', () => [write('case.json', [{ ...passing, now: 'noon' }])], '[0].now: '],
])('%s is exit code 2, with the reason on standard error', (_name, args, reason) => {
  const { exitCode, printed, complaints } = run(...args());
  expect(exitCode).toBe(2);
  expect(printed).toBe('');
  expect(complaints).toContain(reason);
});

test('--help tells how to use it', () => {
  const { exitCode, printed } = run('--help');
  expect(exitCode).toBe(0);
  expect(printed).toContain('npm run -s conformance -- FILE');
});
