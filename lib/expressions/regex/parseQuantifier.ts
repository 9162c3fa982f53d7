import { patternFault } from './patternFault.js';
import type { PatternReader } from './patternReader.js';

const maxCount = 2_147_483_647;

/** `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`. A brace of any other shape is a plain character: undefined. */
export function parseQuantifier(reader: PatternReader): { readonly min: number; readonly max: number } | undefined {
  if (reader.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (reader.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (reader.take('?')) return { min: 0, max: 1 };
  const start = reader.offset;
  const braces = /^\{([0-9]+)(?:(,)([0-9]*))?\}$/.exec(reader.takeMatch(/\{[0-9]+(?:,[0-9]*)?\}/y));
  if (braces === null) return undefined;
  const [, low = '', comma, high = ''] = braces;
  const min = Number(low);
  const max = comma === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
  if (min > maxCount || (max > maxCount && high !== ''))
    throw patternFault(start, 'has too great a number in a quantifier');
  if (min > max) throw patternFault(start, 'has a quantifier whose numbers are in reverse order');
  return { min, max };
}
