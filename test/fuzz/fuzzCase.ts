import { createRandomness, type Randomness } from '../../lib/sandbox/graph/random.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { parseExpressionCases } from '../conformance/expressionCase.js';
import published from '../conformance/expressions.json';
import further from '../conformance/furtherExpressions.json';
import entraExport from '../schema/fixtures/entraExport.json';
import { checkExpression, type ExpressionVerdict } from './checkExpression.js';
import { checkSchema } from './checkSchema.js';
import { drawExpression, drawPatternExpression } from './drawExpression.js';
import { drawObject, drawSearchedObject } from './drawObject.js';
import { mutateSchema } from './mutateSchema.js';
import { mutateText } from './mutateText.js';

/** The longest that one case may take of the processor, all its calls together. */
const slowAfterMs = 5_000;

export type CaseKind = 'expression' | 'pattern' | 'mutated' | 'schema';

/** One case that was tried. `input` is what to try again. */
export interface FuzzResult extends ExpressionVerdict {
  readonly kind: CaseKind;
  readonly input: string;
  readonly tookMs: number;
}

const corpus = [published, further].flatMap(parseExpressionCases).map(({ expression }) => expression);
const schemas = [JSON.stringify(builtInZoomSchema), JSON.stringify(entraExport)] as const;

interface DrawnCase {
  readonly kind: CaseKind;
  readonly input: string;
  readonly check: () => ExpressionVerdict;
}

/** The case of a seed and a number, not tried yet. */
export const drawCase = (seed: number, number: number): DrawnCase => drawWith(createRandomness(seed, `fuzz ${number}`));

const drawWith = (random: Randomness): DrawnCase => {
  const objects = [drawObject(random), drawObject(random), drawObject(random)];
  const kind = random.below(10);
  if (kind === 0) {
    const document = mutateSchema(random, random.chance(0.8) ? schemas[0] : schemas[1]);
    return { kind: 'schema', input: JSON.stringify(document), check: () => checkSchema(document, objects) };
  }
  if (kind === 1) {
    const input = drawPatternExpression(random);
    const searched = [drawSearchedObject(random), drawSearchedObject(random)];
    return { kind: 'pattern', input, check: () => checkExpression(input, searched) };
  }
  if (kind < 6) {
    const input = drawExpression(random);
    return { kind: 'expression', input, check: () => checkExpression(input, objects) };
  }
  const [text, other] = [corpus[random.below(corpus.length)] ?? '', drawExpression(random)];
  const input = random.chance(0.3) ? mutateText(random, other, text) : mutateText(random, text, other);
  return { kind: 'mutated', input, check: () => checkExpression(input, objects) };
};

/** What this thread has had of the processor: a busy machine makes no case slow. */
const readThreadMs = (): number => {
  const { system, user } = process.threadCpuUsage();
  return (system + user) / 1_000;
};

/** Draws a case and tries it. What is thrown on the way is a fault of the case. */
export const fuzzCase = (seed: number, number: number): FuzzResult => {
  const { check, input, kind } = drawCase(seed, number);
  const startedMs = readThreadMs();
  const verdict = tryCheck(check);
  const tookMs = readThreadMs() - startedMs;
  const slow = tookMs > slowAfterMs ? [`took ${Math.round(tookMs)} ms`] : [];
  return { kind, input, tookMs, kinds: verdict.kinds, faults: [...verdict.faults, ...slow] };
};

const tryCheck = (check: () => ExpressionVerdict): ExpressionVerdict => {
  try {
    return check();
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kinds: ['thrown'], faults: [`threw ${told}`] };
  }
};
