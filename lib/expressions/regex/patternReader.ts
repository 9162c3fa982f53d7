import { patternFault } from './patternFault.js';

/** A place in a pattern that moves to the right. */
export class PatternReader {
  offset = 0;

  constructor(readonly pattern: string) {}

  isAtEnd(): boolean {
    return this.offset >= this.pattern.length;
  }

  /** The unit so many places ahead; empty beyond the end. */
  peek(ahead = 0): string {
    return this.pattern.charAt(this.offset + ahead);
  }

  next(): string {
    const unit = this.peek();
    this.offset += 1;
    return unit;
  }

  /** Moves past `expected` if it stands here. */
  take(expected: string): boolean {
    if (!this.pattern.startsWith(expected, this.offset)) return false;
    this.offset += expected.length;
    return true;
  }

  /** Moves past what a sticky expression matches here, and gives it. */
  takeMatch(sticky: RegExp): string {
    sticky.lastIndex = this.offset;
    const match = sticky.exec(this.pattern)?.[0] ?? '';
    this.offset += match.length;
    return match;
  }

  /** Moves past the next `close` and gives what stands before it. */
  takeUntil(close: string, missing: string): string {
    const end = this.pattern.indexOf(close, this.offset);
    if (end < 0) throw patternFault(this.offset, missing);
    const text = this.pattern.slice(this.offset, end);
    this.offset = end + close.length;
    return text;
  }
}
