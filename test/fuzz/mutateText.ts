import type { Randomness } from '../../lib/sandbox/graph/random.js';
import { drawOne } from './draw.js';

const pieces = [
  '(',
  ')',
  ',',
  '"',
  '[',
  ']',
  '\\',
  '&',
  '=',
  '<>',
  '>',
  ' ',
  '\n',
  '&H',
  '-',
  '.',
  '0',
  '9',
  '""',
  '[]',
  '()',
  ',,',
  'é',
  '\u00a0',
  '\ud800',
  'True',
  '[mail]',
  'Switch(',
  'IIF(',
  'Replace(',
  'Append("a",',
  'CStr('.repeat(210),
  '9'.repeat(40),
  'a'.repeat(10_001),
] as const;

const mutateOnce = (random: Randomness, text: string, other: string): string => {
  const at = random.below(text.length + 1);
  const length = random.below(Math.min(text.length - at, 12) + 1);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + drawOne(random, pieces) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + other.slice(random.below(other.length + 1));
    case 4:
      return text.slice(0, at) + drawOne(random, pieces) + text.slice(at + length);
    default:
      return text.slice(0, at) + text.slice(at, at + length).toUpperCase() + text.slice(at + length);
  }
};

/** Damages a text in a few places; `other` lends its end. */
export const mutateText = (random: Randomness, text: string, other: string): string => {
  let mutated = text;
  for (let left = 1 + random.below(3); left > 0; left -= 1) mutated = mutateOnce(random, mutated, other);
  return mutated;
};
