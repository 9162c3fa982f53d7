import { randomInt, randomUUID } from 'node:crypto';
import type { EvaluationContext } from './evaluation.js';

/** Surroundings of real evaluations: the given instant as `Now()`, cryptographic random numbers. */
export function createEvaluationContext(
  nowMs: number,
  options: Pick<EvaluationContext, 'defaultDomain'> = {},
): EvaluationContext {
  return { nowMs, random: randomInt, newGuid: randomUUID, ...options };
}
