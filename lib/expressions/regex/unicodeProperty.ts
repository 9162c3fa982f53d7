import { type CharSet, charSetOf } from './charSet.js';
import { patternFault } from './patternFault.js';
import { unicodeBlocks } from './unicodeBlocks.js';

const category = /^(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

const casedLetter = /^L[ult]$/;

/**
 * The set of a general category (`Lu`) or of one of .NET's blocks (`IsGreek`). Where case is ignored, one kind of cased letter stands for
 * all three. Throws for any other name.
 */
export function propertySet(name: string, ignoresCase: boolean, offset: number): CharSet {
  if (category.test(name)) {
    const unit = ignoresCase && casedLetter.test(name) ? /[\p{Lu}\p{Ll}\p{Lt}]/u : new RegExp(`\\p{${name}}`, 'u');
    return charSetOf((code) => unit.test(String.fromCharCode(code)));
  }
  const block = Object.hasOwn(unicodeBlocks, name) ? unicodeBlocks[name] : undefined;
  if (block === undefined) throw patternFault(offset, 'names an unknown Unicode category or block');
  const [first = 0, last = 0] = block.split('-').map((hexadecimal) => Number.parseInt(hexadecimal, 16));
  return charSetOf((code) => code >= first && code <= last);
}
