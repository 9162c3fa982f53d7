import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import { ZodError } from 'zod';
import { type ExpressionCase, parseExpressionCases } from './expressionCase.js';
import { findMismatch } from './runExpressionCase.js';

const help = `Runs cases of the expression language and compares their results.

  npm run -s conformance -- FILE…

FILE is a JSON array of cases: id, function, expression, attributes (values by name), and expected, expectError: true
or expectIgnored: true; optionally now (ISO time), existingValues (texts) and note. Each failure is printed with what
came instead; the last line is "N passed, M failed". Exit code 0: all passed; 1: some failed; 2: a file cannot be read.`;

/** Where the run writes: results, and complaints about its use. */
export interface Output {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Runs the files named in `args` and gives the exit code. */
export function runConformance(args: readonly string[], output: Output): number {
  const use = readArguments(args);
  if (use.kind === 'wrong') {
    output.complain(`${use.reason}\n\n${help}`);
    return 2;
  }
  if (use.kind === 'help') {
    output.print(help);
    return 0;
  }
  const read = readFiles(use.paths);
  if (read.kind === 'unreadable') {
    output.complain(read.reason);
    return 2;
  }
  return runCases(read.cases, output);
}

function runCases(cases: readonly ExpressionCase[], { print }: Output): number {
  let failed = 0;
  for (const testCase of cases) {
    const mismatch = findMismatch(testCase);
    if (mismatch === undefined) continue;
    failed += 1;
    print(`${testCase.id}: ${mismatch}\n  ${testCase.expression}`);
  }
  print(`${cases.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

type Use =
  | { readonly kind: 'run'; readonly paths: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

function readArguments(args: readonly string[]): Use {
  try {
    const options = { help: { type: 'boolean', short: 'h', default: false } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return { kind: 'help' };
    if (positionals.length === 0) return { kind: 'wrong', reason: 'No file is given.' };
    return { kind: 'run', paths: positionals };
  } catch (error) {
    if (isFaultOf(error, 'ERR_PARSE_ARGS')) return { kind: 'wrong', reason: error.message };
    throw error;
  }
}

type Read =
  | { readonly kind: 'read'; readonly cases: readonly ExpressionCase[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

function readFiles(paths: readonly string[]): Read {
  const cases: ExpressionCase[] = [];
  for (const path of paths) {
    try {
      cases.push(...parseExpressionCases(JSON.parse(readFileSync(path, 'utf8'))));
    } catch (error) {
      return { kind: 'unreadable', reason: `${path}: ${describeFault(error)}` };
    }
  }
  return { kind: 'read', cases };
}

function describeFault(error: unknown): string {
  if (error instanceof ZodError) {
    const [issue, ...others] = error.issues;
    const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return `not a file of cases: ${place.join('').replace(/^\./, '') || 'the document'}: ${issue?.message}${more}`;
  }
  if (error instanceof SyntaxError) return `not JSON: ${error.message}`;
  if (isFaultOf(error, 'E')) return `cannot be read: ${error.message}`;
  throw error;
}

/** Whether Node raised it with a code that begins so. */
function isFaultOf(error: unknown, codeStart: string): error is Error {
  return isNativeError(error) && 'code' in error && String(error.code).startsWith(codeStart);
}
