import { isDeepStrictEqual } from 'node:util';
import jsonata from 'jsonata';
import type { Attributes } from '../../lib/expressions/attributes.js';
import { type CompiledExpression, compileExpression } from '../../lib/expressions/compileExpression.js';
import { createEvaluationContext } from '../../lib/expressions/createEvaluationContext.js';
import { normalizeDiacritics } from '../../lib/expressions/text/normalizeDiacritics.js';
import { toTargetValue } from '../../lib/expressions/toTargetValue.js';

/** The same work in both languages. */
interface Work {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
}

const works: readonly Work[] = [
  { name: 'an attribute', ours: '[department]', theirs: 'department' },
  {
    name: 'the default Switch',
    ours: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    theirs: 'IsSoftDeleted ? "False" : "True"',
  },
  {
    name: 'Join, NormalizeDiacritics and Replace with a regular expression',
    ours: 'Replace(NormalizeDiacritics(Join(".", [givenName], [surname])), , "[^A-Za-z0-9.]+", , "", , )',
    theirs: '$replace($normalizeDiacritics($join([givenName, surname], ".")), /[^A-Za-z0-9.]+/, "")',
  },
];

const givenNames = ['Åsa', 'John', 'Zoë', 'María José', 'Łukasz', 'Anne-Marie', 'Søren', 'Wei'];
const surnames = ['Öberg', 'Smith', "O'Neil", 'Dvořák', 'van der Berg', 'Gonçalves', 'Jones', 'Groß'];
const people: readonly Attributes[] = givenNames.flatMap((givenName, row) =>
  surnames.map((surname, column) => ({
    id: `00000000-0000-4000-8000-0000000000${row}${column}`,
    givenName,
    surname,
    department: column % 2 === 0 ? 'Sales' : 'Engineering',
    jobTitle: 'Clerk',
    mail: `person${row}${column}@contoso.example`,
    IsSoftDeleted: column === 3,
  })),
);

const context = createEvaluationContext(0);

const compile = (text: string): CompiledExpression => {
  const compiled = compileExpression(text);
  if (compiled.kind === 'refused') throw new Error(`${text}: ${compiled.errors[0]?.message}`);
  return compiled;
};

const compileTheirs = (text: string): jsonata.Expression => {
  const expression = jsonata(text);
  expression.registerFunction('normalizeDiacritics', normalizeDiacritics, '<s:s>');
  return expression;
};

const compareResults = async ({ ours, theirs }: Work): Promise<void> => {
  const [expression, other] = [compile(ours), compileTheirs(theirs)];
  for (const person of people) {
    const outcome = expression.evaluate(person, context);
    const value = outcome.kind === 'value' ? toTargetValue(outcome.value) : outcome.kind;
    const otherValue: unknown = await other.evaluate(person);
    if (!isDeepStrictEqual(value, otherValue)) throw new Error(`${ours} gives ${value}, jsonata ${otherValue}`);
  }
};

/** Evaluations a second, counted over whole rounds of all people after a warm-up of a fifth of the time. */
const measure = async (seconds: number, runRound: () => Promise<void> | void): Promise<number> => {
  const warmUntil = performance.now() + seconds * 200;
  while (performance.now() < warmUntil) await runRound();
  const startedMs = performance.now();
  let rounds = 0;
  while (performance.now() - startedMs < seconds * 1_000) {
    await runRound();
    rounds += 1;
  }
  return (rounds * people.length) / ((performance.now() - startedMs) / 1_000);
};

/** Keeps results from being optimised away. */
let seen = 0;

const measureOurs = (text: string, seconds: number): Promise<number> => {
  const expression = compile(text);
  return measure(seconds, () => {
    for (let repeat = 0; repeat < 16; repeat += 1) {
      for (const person of people) if (expression.evaluate(person, context).kind === 'value') seen += 1;
    }
  }).then((perSecond) => perSecond * 16);
};

const measureTheirs = (text: string, seconds: number): Promise<number> => {
  const expression = compileTheirs(text);
  return measure(seconds, async () => {
    for (const person of people) if ((await expression.evaluate(person)) !== undefined) seen += 1;
  });
};

const describe = (name: string, ours: number, theirs: number): string =>
  `  ${name}: ${Math.round(ours).toLocaleString('en')}, jsonata ${Math.round(theirs).toLocaleString('en')}: ${(ours / theirs).toFixed(1)} times`;

/**
 * Evaluations a second of compiled expressions beside jsonata's on the same people, one after the other in this process. Both give the
 * same results, or this throws.
 */
export const benchExpressions = async (seconds: number, print: (text: string) => void): Promise<void> => {
  print('expressions, evaluations a second');
  for (const work of works) {
    await compareResults(work);
    print(describe(work.name, await measureOurs(work.ours, seconds), await measureTheirs(work.theirs, seconds)));
  }
  if (seen === 0) throw new Error('No expression gave a value.');
};
