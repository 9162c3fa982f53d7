import { EvaluationError } from '../evaluationError.js';

export const fieldLetters = ['d', 'f', 'F', 'g', 'h', 'H', 'K', 'm', 'M', 's', 't', 'y', 'z'] as const;
export type FieldLetter = (typeof fieldLetters)[number];

/** A piece of a .NET date format: a field so many letters long, or text. `isQuoted` text came from quotes or an escape. */
export type FormatPiece =
  | { readonly kind: 'field'; readonly letter: FieldLetter; readonly count: number }
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean };

/** A single letter is one of .NET's standard formats; these are the ones supported (invariant culture). */
const standardFormats: ReadonlyMap<string, string> = new Map([
  ['o', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ['O', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"],
  ['s', "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ['u', "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ['d', 'MM/dd/yyyy'],
]);

/**
 * Cuts a .NET custom date format, or one of the standard formats o, s, u and d, into pieces. A `%` means one letter alone where a date is
 * written, and nothing where one is read. Throws `EvaluationError`.
 */
export function readDateFormat(format: string, use: 'read' | 'write'): readonly FormatPiece[] {
  if (format === '') throw invalid('is empty');
  if (format.length > 1) return readCustomFormat(format, use);
  const standard = standardFormats.get(format);
  if (standard === undefined) {
    throw invalid(
      'is one character, which .NET reads as a standard format; of those only o, s, u and d are supported. Write % before it',
    );
  }
  return readCustomFormat(standard, use);
}

function readCustomFormat(format: string, use: 'read' | 'write'): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let index = 0;
  while (index < format.length) {
    if (format.charAt(index) === '%') {
      if (['', '%'].includes(format.charAt(index + 1))) throw invalid('has a % without a letter behind it');
      index += 1;
      if (use === 'read') continue;
      pieces.push(readLetters(format, index, 1).piece);
      index += 1;
    } else {
      const { end, piece } = readPiece(format, index);
      pieces.push(piece);
      index = end;
    }
  }
  return pieces;
}

interface PieceRead {
  readonly piece: FormatPiece;
  readonly end: number;
}

function readPiece(format: string, index: number): PieceRead {
  const first = format.charAt(index);
  if (first === "'" || first === '"') return readQuoted(format, index);
  if (first !== '\\') return readLetters(format, index, format.length);
  if (index + 1 >= format.length) throw invalid('ends in a backslash');
  return { piece: { kind: 'text', text: format.charAt(index + 1), isQuoted: true }, end: index + 2 };
}

/** A field is the same letter again and again; anything else is one character of text. */
function readLetters(format: string, index: number, maxCount: number): PieceRead {
  const first = format.charAt(index);
  const letter = fieldLetters.find((candidate) => candidate === first);
  if (letter === undefined) return { piece: { kind: 'text', text: first, isQuoted: false }, end: index + 1 };
  let count = 1;
  while (letter !== 'K' && count < maxCount && format.charAt(index + count) === first) count += 1;
  if ((letter === 'f' || letter === 'F') && count > 7) throw invalid('asks for more than seven digits of a second');
  return { piece: { kind: 'field', letter, count }, end: index + count };
}

function readQuoted(format: string, start: number): PieceRead {
  const quote = format.charAt(start);
  let text = '';
  for (let index = start + 1; index < format.length; index += 1) {
    const unit = format.charAt(index);
    if (unit === quote) return { piece: { kind: 'text', text, isQuoted: true }, end: index + 1 };
    if (unit === '\\') index += 1;
    text += format.charAt(index);
  }
  throw invalid('has a quotation mark that is not closed');
}

function invalid(reason: string): EvaluationError {
  return new EvaluationError('InvalidFormat', `The date format ${reason}`);
}
