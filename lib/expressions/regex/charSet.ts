import { findCaseVariants } from './caseVariants.js';

/** A set of UTF-16 units, as .NET matches a text. */
export interface CharSet {
  /** One byte for each unit below 128: 1 where the set holds it. */
  readonly ascii: Uint8Array;
  /** Whether the set holds a unit of 128 or above. */
  holdsOther(code: number): boolean;
}

export function holdsUnit(set: CharSet, code: number): boolean {
  return code < 128 ? set.ascii[code] === 1 : set.holdsOther(code);
}

/** The set of the units that `holds` accepts; `ignoresCase` adds those that differ from them in case alone. */
export function charSetOf(holds: (code: number) => boolean, ignoresCase = false): CharSet {
  const holdsAny = ignoresCase ? (code: number) => holds(code) || findCaseVariants(code).some(holds) : holds;
  return { ascii: Uint8Array.from({ length: 128 }, (_, code) => (holdsAny(code) ? 1 : 0)), holdsOther: holdsAny };
}

/** As `charSetOf`, for the few sets that everybody shares: each unit is tested once and its answer kept. */
export function sharedSetOf(holds: (code: number) => boolean): CharSet {
  let answers: Uint8Array | undefined;
  return charSetOf((code) => {
    answers ??= new Uint8Array(0x10000);
    const answer = answers[code] ?? 0;
    if (answer !== 0) return answer === 2;
    const isHeld = holds(code);
    answers[code] = isHeld ? 2 : 1;
    return isHeld;
  });
}

/** The units in any of the ranges, first and last included. */
export function rangeSet(ranges: readonly (readonly [number, number])[], ignoresCase: boolean): CharSet {
  const merged: [number, number][] = [];
  for (const [low, high] of ranges.toSorted(([left], [right]) => left - right)) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return charSetOf((code) => isInRanges(merged, code), ignoresCase);
}

/** `ranges` are sorted and apart. */
function isInRanges(ranges: readonly (readonly [number, number])[], code: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined || code < range[0]) high = middle;
    else if (code > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}

/** The set of one unit. */
export function unitSet(unit: string, ignoresCase: boolean): CharSet {
  const wanted = unit.charCodeAt(0);
  return charSetOf((code) => code === wanted, ignoresCase);
}

export const anyUnit: CharSet = charSetOf(() => true);
export const anyButLineFeed: CharSet = charSetOf((code) => code !== 0x0a);

const wordUnit = /[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u;
const digitUnit = /\p{Nd}/u;
const spaceUnit = /[\t-\r\x85\p{Z}]/u;

export const wordSet: CharSet = sharedSetOf((code) => wordUnit.test(String.fromCharCode(code)));
export const digitSet: CharSet = sharedSetOf((code) => digitUnit.test(String.fromCharCode(code)));
export const spaceSet: CharSet = sharedSetOf((code) => spaceUnit.test(String.fromCharCode(code)));

/** What `\b` counts as part of a word: word units, and the joiners U+200C and U+200D. */
export function isBoundaryWordUnit(code: number): boolean {
  return holdsUnit(wordSet, code) || code === 0x200c || code === 0x200d;
}

export function complementOf(set: CharSet): CharSet {
  return charSetOf((code) => !holdsUnit(set, code));
}
