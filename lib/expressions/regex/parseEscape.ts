import { isBoundaryWordUnit } from './charSet.js';
import { patternFault } from './patternFault.js';
import type { PatternReader } from './patternReader.js';

const controlEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\u000b'],
]);

/** The unit that an escape names; the reader stands behind the backslash. Escaped punctuation is itself. */
export function parseUnitEscape(reader: PatternReader): string {
  if (reader.isAtEnd()) throw patternFault(reader.offset - 1, 'ends in a backslash');
  const octal = reader.takeMatch(/[0-7]{1,3}/y);
  if (octal !== '') return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  const start = reader.offset - 1;
  const letter = reader.next();
  if (letter === 'x') return parseHexadecimal(reader, 2);
  if (letter === 'u') return parseHexadecimal(reader, 4);
  if (letter === 'c') return parseControl(reader);
  const control = controlEscapes.get(letter);
  if (control !== undefined) return control;
  if (isBoundaryWordUnit(letter.charCodeAt(0))) throw patternFault(start, 'has an unknown escape');
  return letter;
}

function parseHexadecimal(reader: PatternReader, length: number): string {
  const digits = reader.takeMatch(length === 2 ? /[0-9A-Fa-f]{2}/y : /[0-9A-Fa-f]{4}/y);
  if (digits === '') throw patternFault(reader.offset, `needs ${length} hexadecimal digits`);
  return String.fromCharCode(Number.parseInt(digits, 16));
}

function parseControl(reader: PatternReader): string {
  const code = reader.next().toUpperCase().charCodeAt(0) - 0x40;
  if (!(code >= 0 && code < 0x20)) throw patternFault(reader.offset - 1, 'has an unknown control character after \\c');
  return String.fromCharCode(code);
}
