import type { Randomness } from '../../lib/sandbox/graph/random.js';
import { drawMany, drawOne } from './draw.js';

const plain = [
  'a',
  'b',
  'A',
  '1',
  ' ',
  '-',
  '@',
  '\\.',
  'é',
  'ß',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\W',
  '\\S',
  '\\D',
] as const;
const anchors = ['^', '$', '\\A', '\\Z', '\\z', '\\G', '\\b', '\\B'] as const;
const classes = [
  '[abc]',
  '[^abc]',
  '[a-z-[aeiou]]',
  '[\\w-[b]]',
  '[]a]',
  '[a-',
  '[b-a]',
  '[À-ÿ]',
  '\\p{L}',
  '\\P{IsGreek}',
  '\\p{Nope}',
] as const;
const references = [
  '\\1',
  '\\2',
  '\\10',
  '\\k<n>',
  "\\k'n'",
  '\\k<none>',
  '\\0',
  '\\x61',
  '\\u0061',
  '\\cA',
  '\\q',
] as const;
const openings = [
  '(',
  '(?:',
  '(?<n>',
  "(?'n'",
  '(?<2>',
  '(?=',
  '(?!',
  '(?<=',
  '(?<!',
  '(?>',
  '(?i:',
  '(?n:',
  '(?x: ',
  '(?s-i:',
  '(?(n)',
  '(?(1)',
  '(?(?=a)',
  '(?<a-b>',
  '(?#',
  '(?',
] as const;
const quantifiers = [
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '{2}',
  '{1,3}',
  '{0,9}',
  '*?',
  '+?',
  '??',
  '{2,}?',
  '{,2}',
  '{99999}',
] as const;

/** Patterns that make a careless matcher run for ever. */
const hostile = [
  '^(a+)+$',
  '(a|aa)+$',
  '(.*)*x',
  '(?:a?){30}a{30}',
  '(a|a)*b',
  '(?<g>(\\w+\\s?)*)$',
  '(.*)\\1\\1x',
  '.*.*.*.*=',
  '(?=(.*))\\1?x',
  '((a{0,20}){0,20}){0,20}b',
  '(?i)[^à-ÿ]*x',
  '[\\p{L}\\p{N}\\p{P}\\p{S}]*!',
  '(?:){2000000000}',
] as const;

const drawAtom = (random: Randomness, depth: number): string => {
  const kind = random.below(12);
  if (kind < 5 || depth === 0) return drawOne(random, plain);
  if (kind < 6) return drawOne(random, anchors);
  if (kind < 8) return drawOne(random, classes);
  if (kind < 9) return drawOne(random, references);
  const body = drawBranches(random, depth - 1);
  return `${drawOne(random, openings)}${body}${random.chance(0.95) ? ')' : ''}`;
};

const drawBranches = (random: Randomness, depth: number): string => {
  const branches = 1 + (random.chance(0.3) ? 1 + random.below(2) : 0);
  return Array.from({ length: branches }, () =>
    drawMany(random, 4, () => drawAtom(random, depth) + drawOne(random, quantifiers)).join(''),
  ).join('|');
};

/** A regular expression in .NET's syntax; most are valid, some hostile. */
export const drawPattern = (random: Randomness): string =>
  random.chance(0.15) ? drawOne(random, hostile) : drawBranches(random, 3);
