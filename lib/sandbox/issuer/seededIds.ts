import { createHash } from 'node:crypto';

/** Draws ids that are the same for the same seed and order: 32 hexadecimal digits, or a GUID of version 4's shape. */
export interface SeededIds {
  hex(): string;
  guid(): string;
}

export function createSeededIds(seed: number): SeededIds {
  let drawn = 0;
  const hex = (): string => {
    drawn += 1;
    return createHash('sha256').update(`${seed}:${drawn}`).digest('hex').slice(0, 32);
  };
  return {
    hex,
    guid() {
      const digits = hex();
      return [
        digits.slice(0, 8),
        digits.slice(8, 12),
        `4${digits.slice(13, 16)}`,
        `a${digits.slice(17, 20)}`,
        digits.slice(20),
      ].join('-');
    },
  };
}
