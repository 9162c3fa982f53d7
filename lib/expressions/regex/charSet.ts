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

export const wordSet: CharSet = charSetOf((code) => wordUnit.test(String.fromCharCode(code)));
export const digitSet: CharSet = charSetOf((code) => digitUnit.test(String.fromCharCode(code)));
export const spaceSet: CharSet = charSetOf((code) => spaceUnit.test(String.fromCharCode(code)));

/** What `\b` counts as part of a word: word units, and the joiners U+200C and U+200D. */
export function isBoundaryWordUnit(code: number): boolean {
  return holdsUnit(wordSet, code) || code === 0x200c || code === 0x200d;
}

export function complementOf(set: CharSet): CharSet {
  return charSetOf((code) => !holdsUnit(set, code));
}
