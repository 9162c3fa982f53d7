import type { EvaluationContext } from '../../lib/expressions/evaluation.js';

/** Surroundings of an evaluation that give the same numbers and GUIDs for the same seed (mulberry32). */
export function createSeededContext(nowMs: number, seed: number): EvaluationContext {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (length: number) => Array.from({ length }, () => (next() % 16).toString(16)).join('');
  return {
    nowMs,
    random: (limit) => next() % limit,
    newGuid: () => [8, 4, 4, 4, 12].map(hex).join('-'),
  };
}
