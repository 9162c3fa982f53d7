import { type ExpressionLimits, limitText } from '../limits.js';
import { isBoundaryWordUnit } from './charSet.js';
import type { Regex, RegexMatch } from './compileRegex.js';

/** A piece of a replacement: text as it stands, or what to take from a match. */
type ReplacementPiece = (text: string, match: RegexMatch) => string;
export type Replacement = readonly ReplacementPiece[];

const digits = /\$([0-9]+)|\$\{([0-9]+)\}/y;
const braced = /\$\{([^}]*)\}/y;

const specialPieces: ReadonlyMap<string, ReplacementPiece> = new Map<string, ReplacementPiece>([
  ['$', () => '$'],
  ['&', (text, match) => sliceCapture(text, match[0])],
  ['`', (text, [whole]) => text.slice(0, whole.start)],
  ["'", (text, [whole]) => text.slice(whole.end)],
  ['+', (text, match) => sliceCapture(text, match.at(-1))],
  ['_', (text) => text],
]);

/** The replacement that was last read for the groups of a pattern: nearly always the only one. */
const lastRead = new WeakMap<Regex['groups'], { readonly text: string; readonly replacement: Replacement }>();

/** Reads .NET's substitutions: `$1`, `${name}`, `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`. What names no group stays as it is written. */
export function readReplacement(text: string, groups: Regex['groups']): Replacement {
  const last = lastRead.get(groups);
  if (last?.text === text) return last.replacement;
  const replacement = readPieces(text, groups);
  lastRead.set(groups, { text, replacement });
  return replacement;
}

function readPieces(text: string, groups: Regex['groups']): Replacement {
  const pieces: ReplacementPiece[] = [];
  let offset = 0;
  while (offset < text.length) {
    const dollar = text.indexOf('$', offset);
    const end = dollar < 0 ? text.length : dollar;
    if (end > offset) pieces.push(literal(text.slice(offset, end)));
    if (dollar < 0) break;
    const found = readSubstitution(text, dollar, groups) ?? { piece: literal('$'), end: dollar + 1 };
    pieces.push(found.piece);
    offset = found.end;
  }
  return pieces;
}

/** What takes the place of one match. A group that took no part gives nothing. Throws `EvaluationError` with code `TextTooLong`. */
export function expandReplacement(
  replacement: Replacement,
  text: string,
  match: RegexMatch,
  limits: Pick<ExpressionLimits, 'maxTextLength'>,
): string {
  let expanded = '';
  for (const piece of replacement) expanded = limitText(expanded + piece(text, match), limits);
  return expanded;
}

function readSubstitution(text: string, dollar: number, groups: Regex['groups']) {
  const special = specialPieces.get(text.charAt(dollar + 1));
  if (special !== undefined) return { piece: special, end: dollar + 2 };
  digits.lastIndex = dollar;
  const numbered = digits.exec(text);
  if (numbered !== null) return takeGroup(String(Number(numbered[1] ?? numbered[2])), digits.lastIndex, groups);
  braced.lastIndex = dollar;
  const name = braced.exec(text)?.[1] ?? '';
  const isName = name.split('').every((unit) => isBoundaryWordUnit(unit.charCodeAt(0)));
  return isName ? takeGroup(name, braced.lastIndex, groups) : undefined;
}

function takeGroup(name: string, end: number, groups: Regex['groups']) {
  const place = groups.placeOf(name);
  if (place === undefined) return undefined;
  return { piece: (text: string, match: RegexMatch) => sliceCapture(text, match[place]), end };
}

function sliceCapture(text: string, capture: RegexMatch[number]): string {
  return capture === undefined ? '' : text.slice(capture.start, capture.end);
}

function literal(text: string): ReplacementPiece {
  return () => text;
}
