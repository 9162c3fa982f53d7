import { lowerText, upperText } from '../text/casing.js';

/** Letters that share their lower case with two others, or whose upper case JavaScript spells out: by their lower case. */
const furtherVariants: ReadonlyMap<string, string> = new Map([
  ['k', '\u212a'],
  ['å', '\u212b'],
  ['ω', '\u2126'],
  ['θ', '\u03f4'],
  ['ß', '\u1e9e'],
  ['ǆ', '\u01c5'],
  ['ǉ', '\u01c8'],
  ['ǌ', '\u01cb'],
  ['ǳ', '\u01f2'],
]);

/** One entry for each UTF-16 unit that was asked for. */
const found: (readonly number[] | undefined)[] = [];

/** The units that .NET's IgnoreCase takes for the same as this one: those with the same invariant lower case. */
export function findCaseVariants(code: number): readonly number[] {
  const known = found[code];
  if (known !== undefined) return known;
  const lower = lowerText(String.fromCharCode(code));
  const candidates = [lower, upperText(lower), furtherVariants.get(lower) ?? lower];
  const variants = candidates.map((candidate) => candidate.charCodeAt(0)).filter((candidate) => candidate !== code);
  found[code] = variants;
  return variants;
}
