import { type CharSet, charSetOf, complementOf, digitSet, holdsUnit, rangeSet, spaceSet, wordSet } from './charSet.js';
import { parseUnitEscape } from './parseEscape.js';
import { patternFault } from './patternFault.js';
import type { PatternReader } from './patternReader.js';
import { propertySet } from './unicodeProperty.js';

const shorthandSets: ReadonlyMap<string, CharSet> = new Map([
  ['w', wordSet],
  ['W', complementOf(wordSet)],
  ['d', digitSet],
  ['D', complementOf(digitSet)],
  ['s', spaceSet],
  ['S', complementOf(spaceSet)],
]);

/** `\w`, `\d`, `\s`, `\p{…}` and their opposites; the reader stands behind the backslash. Undefined for any other escape. */
export function parseShorthand(reader: PatternReader, ignoresCase: boolean): CharSet | undefined {
  const letter = reader.peek();
  if (letter === 'p' || letter === 'P') {
    const start = reader.offset;
    reader.next();
    if (!reader.take('{')) throw patternFault(start, `needs { } with a category after \\${letter}`);
    const name = reader.takeUntil('}', `has no } for its \\${letter}{`);
    return propertySet({ name, ignoresCase, isNegated: letter === 'P' }, start);
  }
  const set = shorthandSets.get(letter);
  if (set !== undefined) reader.next();
  return set;
}

/** What a class is put together from. */
interface ClassParts {
  readonly ranges: [number, number][];
  readonly sets: CharSet[];
}

/** A class from behind its opening bracket to behind its closing one, subtraction (`[a-z-[aeiou]]`) included. */
export function parseClass(reader: PatternReader, ignoresCase: boolean, depth = 0): CharSet {
  const start = reader.offset - 1;
  if (depth > 20) throw patternFault(start, 'subtracts classes too deeply');
  const isNegated = reader.take('^');
  const parts: ClassParts = { ranges: [], sets: [] };
  let subtracted: CharSet | undefined;
  for (let isFirst = true; isFirst || reader.peek() !== ']'; isFirst = false) {
    if (reader.isAtEnd()) throw patternFault(start, 'has a class without its closing ]');
    if (subtracted !== undefined)
      throw patternFault(reader.offset, 'has something behind a subtraction, which must come last');
    if (!isFirst && reader.take('-[')) subtracted = parseClass(reader, ignoresCase, depth + 1);
    else subtracted = parseMember(reader, parts, ignoresCase, depth);
  }
  reader.next();
  return buildSet(parts, isNegated, ignoresCase, subtracted);
}

/** One unit, range or shorthand. A range that ends in `[` is the unit before it, and a subtraction, which is returned. */
function parseMember(
  reader: PatternReader,
  parts: ClassParts,
  ignoresCase: boolean,
  depth: number,
): CharSet | undefined {
  const shorthand = parseClassShorthand(reader, ignoresCase);
  if (shorthand !== undefined) {
    parts.sets.push(shorthand);
    return undefined;
  }
  const start = reader.offset;
  const isEscapedHyphen = reader.peek() === '\\' && reader.peek(1) === '-';
  const low = parseClassUnit(reader);
  if (isEscapedHyphen || reader.peek() !== '-' || reader.peek(1) === ']' || reader.peek(1) === '') {
    parts.ranges.push([low, low]);
    return undefined;
  }
  reader.next();
  if (reader.take('[')) {
    parts.ranges.push([low, low]);
    return parseClass(reader, ignoresCase, depth + 1);
  }
  if (parseClassShorthand(reader, ignoresCase) !== undefined)
    throw patternFault(start, 'has a range that ends in a class');
  const high = parseClassUnit(reader);
  if (high < low) throw patternFault(start, 'has a range in reverse order');
  parts.ranges.push([low, high]);
  return undefined;
}

function parseClassShorthand(reader: PatternReader, ignoresCase: boolean): CharSet | undefined {
  if (reader.peek() !== '\\') return undefined;
  reader.next();
  const set = parseShorthand(reader, ignoresCase);
  if (set === undefined) reader.offset -= 1;
  return set;
}

function parseClassUnit(reader: PatternReader): number {
  return (reader.take('\\') ? parseUnitEscape(reader) : reader.next()).charCodeAt(0);
}

function buildSet(
  parts: ClassParts,
  isNegated: boolean,
  ignoresCase: boolean,
  subtracted: CharSet | undefined,
): CharSet {
  const ranged = rangeSet(parts.ranges, ignoresCase);
  const sets = [...new Set(parts.sets)];
  return charSetOf((code) => {
    const isMember = holdsUnit(ranged, code) || sets.some((set) => holdsUnit(set, code));
    return isMember !== isNegated && !(subtracted !== undefined && holdsUnit(subtracted, code));
  });
}
