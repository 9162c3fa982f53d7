import { isWhiteSpace } from '../text/whiteSpace.js';
import type { FormatPiece } from './dateFormat.js';
import type { DateStyles } from './dateStyles.js';
import { abbreviate, dayNames, eraName, monthNames } from './names.js';

/** What a text says by a format; undefined where the format has no such field. */
export interface ReadFields {
  /** As written: of two digits where `hasShortYear`. */
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  /** 0 is Sunday. */
  readonly weekday?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** 100-nanosecond ticks of the second. */
  readonly fraction?: number;
  readonly isAfternoon?: boolean;
  readonly offsetMinutes?: number;
  readonly usesTwelveHours: boolean;
  readonly hasShortYear: boolean;
  /** The zone was given as `Z`. */
  readonly isUtcDesignator: boolean;
}

type FieldValues = { -readonly [K in keyof ReadFields]: ReadFields[K] };
type Field = Extract<FormatPiece, { kind: 'field' }>;

/** Undefined where the text is not in the format, or says two different things of one field. */
export function readFields(text: string, pieces: readonly FormatPiece[], styles: DateStyles): ReadFields | undefined {
  const allowsInnerWhite = styles.has('AllowInnerWhite');
  const reader = new FieldReader(text);
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (allowsInnerWhite) reader.skipWhite();
    if (piece.kind === 'field' ? reader.readField(piece) : reader.readText(piece, allowsInnerWhite)) continue;
    if (isOptionalPoint(piece, pieces[index + 1])) index += 1;
    else if (!isOptionalSpace(piece, pieces[index + 1], styles)) return undefined;
  }
  return reader.isAtEnd() ? reader.fields : undefined;
}

/** The point before `F` may be missing, and the digits with it. */
function isOptionalPoint(piece: FormatPiece, next: FormatPiece | undefined): boolean {
  const isPoint = piece.kind === 'text' && piece.text === '.' && !piece.isQuoted;
  return isPoint && next?.kind === 'field' && next.letter === 'F';
}

/** Where white space may stand at the end, .NET does without a space of the format before any field. */
function isOptionalSpace(piece: FormatPiece, next: FormatPiece | undefined, styles: DateStyles): boolean {
  const isSpace = piece.kind === 'text' && piece.text === ' ' && !piece.isQuoted;
  return isSpace && next !== undefined && styles.has('AllowTrailingWhite');
}

class FieldReader {
  readonly fields: FieldValues = { usesTwelveHours: false, hasShortYear: false, isUtcDesignator: false };
  private index = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    return this.index === this.text.length;
  }

  skipWhite(): void {
    while (!this.isAtEnd() && isWhiteSpace(this.text.charAt(this.index))) this.index += 1;
  }

  readText(piece: Extract<FormatPiece, { kind: 'text' }>, allowsInnerWhite: boolean): boolean {
    if (allowsInnerWhite && piece.text.trim() === '') return true;
    if (!piece.isQuoted && piece.text === 'Z') return this.readUtcName() && this.setUtc();
    return this.take(piece.text);
  }

  readField({ count, letter }: Field): boolean {
    switch (letter) {
      case 'y':
        return this.readYear(count);
      case 'M':
        return count < 3 ? this.readNumber('month', count) : this.readName('month', monthNames, count, 1);
      case 'd':
        return count < 3 ? this.readNumber('day', count) : this.readName('weekday', dayNames, count, 0);
      case 'h':
        this.fields.usesTwelveHours = true;
        return this.readNumber('hour', count);
      case 'H':
        return this.readNumber('hour', count);
      case 'm':
        return this.readNumber('minute', count);
      case 's':
        return this.readNumber('second', count);
      case 'f':
        return this.readFraction(count) === count;
      case 'F':
        return this.readFraction(count) >= 0;
      case 't':
        return this.readDesignator(count);
      case 'g':
        return this.takeIgnoringCase(eraName) || this.takeIgnoringCase('AD');
      case 'K':
        return this.readZone();
      case 'z':
        return this.readOffset(count);
    }
  }

  private readYear(count: number): boolean {
    const digits = this.takeDigits(count, Math.max(count, 2));
    if (count <= 2) this.fields.hasShortYear = true;
    return digits !== undefined && this.set('year', Number(digits));
  }

  private readNumber(field: 'month' | 'day' | 'hour' | 'minute' | 'second', count: number): boolean {
    const digits = this.takeDigits(Math.min(count, 2), 2);
    return digits !== undefined && this.set(field, Number(digits));
  }

  private readName(field: 'month' | 'weekday', names: readonly string[], count: number, first: number): boolean {
    const index = names.findIndex((name) => this.takeIgnoringCase(count === 3 ? abbreviate(name) : name));
    return index >= 0 && this.set(field, index + first);
  }

  /** How many digits there were. */
  private readFraction(count: number): number {
    const digits = this.takeDigits(1, count) ?? '';
    return this.set('fraction', Number(digits.padEnd(7, '0'))) ? digits.length : -1;
  }

  private readDesignator(count: number): boolean {
    const tail = count === 1 ? '' : 'M';
    if (this.takeIgnoringCase(`A${tail}`)) return this.set('isAfternoon', false);
    return this.takeIgnoringCase(`P${tail}`) && this.set('isAfternoon', true);
  }

  private readZone(): boolean {
    const next = this.text.charAt(this.index);
    if (this.take('Z')) return this.setUtc();
    return next === '+' || next === '-' ? this.readOffset(3) : true;
  }

  /** A plain Z in a format stands for the zone: Z or GMT, in any case, with no letter behind. */
  private readUtcName(): boolean {
    const name = ['GMT', 'Z'].find((candidate) => this.takeIgnoringCase(candidate));
    return name !== undefined && !/\p{L}/u.test(this.text.charAt(this.index));
  }

  private setUtc(): boolean {
    this.fields.isUtcDesignator = true;
    return this.set('offsetMinutes', 0);
  }

  private readOffset(count: number): boolean {
    const sign = this.text.charAt(this.index);
    if (sign !== '+' && sign !== '-') return false;
    this.index += 1;
    const hours = this.takeDigits(count === 2 ? 2 : 1, 2);
    if (hours === undefined) return false;
    let minutes: string | undefined = '0';
    if (count > 2) {
      this.take(':');
      minutes = this.takeDigits(2, 2);
    }
    if (minutes === undefined || Number(minutes) > 59) return false;
    const total = Number(hours) * 60 + Number(minutes);
    return total <= 14 * 60 && this.set('offsetMinutes', sign === '-' ? -total : total);
  }

  private set<K extends keyof ReadFields>(field: K, value: NonNullable<ReadFields[K]>): boolean {
    if (this.fields[field] !== undefined && this.fields[field] !== value) return false;
    this.fields[field] = value;
    return true;
  }

  private takeDigits(atLeast: number, atMost: number): string | undefined {
    let end = this.index;
    while (end - this.index < atMost && /[0-9]/.test(this.text.charAt(end))) end += 1;
    if (end - this.index < atLeast) return undefined;
    const digits = this.text.slice(this.index, end);
    this.index = end;
    return digits;
  }

  private take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.index)) return false;
    this.index += expected.length;
    return true;
  }

  private takeIgnoringCase(expected: string): boolean {
    const found = this.text.slice(this.index, this.index + expected.length);
    if (found.toLowerCase() !== expected.toLowerCase()) return false;
    this.index += expected.length;
    return true;
  }
}
