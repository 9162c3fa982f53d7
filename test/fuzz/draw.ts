import type { Randomness } from '../../lib/sandbox/graph/random.js';

export const drawOne = <Item>(random: Randomness, items: readonly [Item, ...Item[]]): Item =>
  items[random.below(items.length)] ?? items[0];

export const drawMany = <Item>(random: Randomness, atMost: number, draw: () => Item): Item[] =>
  Array.from({ length: random.below(atMost + 1) }, draw);

/** A text in double quotes, escapes and all. */
export const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
