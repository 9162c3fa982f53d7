import type { DateTime } from '../values.js';
import type { FieldLetter, FormatPiece } from './dateFormat.js';
import { abbreviate, dayNames, eraName, monthNames } from './names.js';
import { type CalendarParts, dayOfWeek, toParts } from './ticks.js';

/** What .NET knows of a time's zone. The machine's zone is UTC here, so `local` differs from `utc` only in how `K` shows it. */
export type DateKind = 'utc' | 'local' | 'unspecified';

/** Writes a date by the pieces of a .NET format, invariant culture. */
export function writeDate(date: DateTime, kind: DateKind, pieces: readonly FormatPiece[]): string {
  const parts = toParts(date);
  let written = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      written += piece.text;
    } else if (piece.letter === 'F') {
      const digits = writeFraction(parts, piece.count).replace(/0+$/, '');
      if (digits === '' && written.endsWith('.')) written = written.slice(0, -1);
      written += digits;
    } else {
      written += writeField(piece.letter, piece.count, date, parts, kind);
    }
  }
  return written;
}

function writeField(
  letter: Exclude<FieldLetter, 'F'>,
  count: number,
  date: DateTime,
  parts: CalendarParts,
  kind: DateKind,
): string {
  switch (letter) {
    case 'd':
      return count < 3 ? pad(parts.day, count) : shorten(dayNames[dayOfWeek(date)] ?? '', count);
    case 'f':
      return writeFraction(parts, count);
    case 'g':
      return eraName;
    case 'h':
      return pad(parts.hour % 12 || 12, Math.min(count, 2));
    case 'H':
      return pad(parts.hour, Math.min(count, 2));
    case 'K':
      return { utc: 'Z', local: '+00:00', unspecified: '' }[kind];
    case 'm':
      return pad(parts.minute, Math.min(count, 2));
    case 'M':
      return count < 3 ? pad(parts.month, count) : shorten(monthNames[parts.month - 1] ?? '', count);
    case 's':
      return pad(parts.second, Math.min(count, 2));
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, count);
    case 'y':
      return pad(count <= 2 ? parts.year % 100 : parts.year, count);
    case 'z':
      return ['+0', '+00', '+00:00'][Math.min(count, 3) - 1] ?? '';
  }
}

function writeFraction(parts: CalendarParts, count: number): string {
  return pad(parts.ticks, 7).slice(0, count);
}

function shorten(name: string, count: number): string {
  return count === 3 ? abbreviate(name) : name;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
