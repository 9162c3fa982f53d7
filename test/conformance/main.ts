import { readFileSync } from 'node:fs';
import { parseExpressionCases } from './expressionCase.js';
import { findMismatch } from './runExpressionCase.js';

/** `conformance FILE`: runs a file of cases, prints each failure and the totals. Exit code 1 on a failure, 2 on bad use. */
function main(path: string | undefined): number {
  if (path === undefined) {
    process.stderr.write('usage: conformance FILE (a JSON file of expression cases)\n');
    return 2;
  }
  const cases = parseExpressionCases(JSON.parse(readFileSync(path, 'utf8')));
  let failed = 0;
  for (const testCase of cases) {
    const mismatch = findMismatch(testCase);
    if (mismatch === undefined) continue;
    failed += 1;
    process.stdout.write(`${testCase.id}: ${mismatch}\n  ${testCase.expression}\n`);
  }
  process.stdout.write(`${cases.length - failed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv[2]);
