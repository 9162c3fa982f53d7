import { type CharSet, complementOf, rangeSet, sharedSetOf } from './charSet.js';
import { patternFault } from './patternFault.js';
import { unicodeBlocks } from './unicodeBlocks.js';

const category = /^(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

const casedLetter = /^L[ult]$/;

interface Property {
  readonly name: string;
  readonly ignoresCase: boolean;
  readonly isNegated: boolean;
}

/** Only names that there are get in, so it cannot grow without end. */
const known = new Map<string, CharSet>();

/**
 * The set of a general category (`Lu`) or of one of .NET's blocks (`IsGreek`). Where case is ignored, one kind of cased letter stands for
 * all three. Throws for any other name.
 */
export function propertySet(property: Property, offset: number): CharSet {
  const key = Object.values(property).join();
  const before = known.get(key);
  if (before !== undefined) return before;
  const set = buildSet(property, offset);
  known.set(key, set);
  return set;
}

function buildSet({ name, ignoresCase, isNegated }: Property, offset: number): CharSet {
  if (isNegated) return complementOf(propertySet({ name, ignoresCase, isNegated: false }, offset));
  if (category.test(name)) {
    const unit = ignoresCase && casedLetter.test(name) ? /[\p{Lu}\p{Ll}\p{Lt}]/u : new RegExp(`\\p{${name}}`, 'u');
    return sharedSetOf((code) => unit.test(String.fromCharCode(code)));
  }
  const block = Object.hasOwn(unicodeBlocks, name) ? unicodeBlocks[name] : undefined;
  if (block === undefined) throw patternFault(offset, 'names an unknown Unicode category or block');
  const [first = 0, last = 0] = block.split('-').map((hexadecimal) => Number.parseInt(hexadecimal, 16));
  return rangeSet([[first, last]], false);
}
