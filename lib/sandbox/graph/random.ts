/** Seeded chance. `next` and its kin go on from draw to draw; the `…For` forms answer the same for the same key. */
export interface Randomness {
  /** In [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  shuffle<Item>(items: readonly Item[]): Item[];
  guid(): string;
  chanceFor(key: string, probability: number): boolean;
  belowFor(key: string, limit: number): number;
  shuffleFor<Item>(key: string, items: readonly Item[]): Item[];
}

/** FNV-1a over UTF-16 units with a final mix, 32 bits. */
const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** Mulberry32. */
const createGenerator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const shuffleWith = <Item>(next: () => number, items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, rank: next() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);

const hex = (next: () => number, digits: number): string =>
  Math.floor(next() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0');

/** `name` separates the streams of one seed, so that draws for one purpose do not move those for another. */
export const createRandomness = (seed: number, name: string): Randomness => {
  const next = createGenerator(hashText(`${seed}/${name}`));
  const nextFor = (key: string) => createGenerator(hashText(`${seed}/${name}/${key}`));
  return {
    next,
    chance: (probability) => probability > 0 && next() < probability,
    below: (limit) => Math.floor(next() * limit),
    shuffle: (items) => shuffleWith(next, items),
    guid: () =>
      `${hex(next, 8)}-${hex(next, 4)}-4${hex(next, 3)}-${(8 + Math.floor(next() * 4)).toString(16)}${hex(next, 3)}-${hex(next, 8)}${hex(next, 4)}`,
    chanceFor: (key, probability) => probability > 0 && nextFor(key)() < probability,
    belowFor: (key, limit) => Math.floor(nextFor(key)() * limit),
    shuffleFor: (key, items) => shuffleWith(nextFor(key), items),
  };
};
