import type { Randomness } from '../graph/random.js';
import { nameCultures } from './nameCultures.js';
import { toLatin } from './toLatin.js';

export interface PersonName {
  readonly givenName: string;
  readonly surname: string;
  readonly displayName: string;
  /** Unlike anybody else's: what stands before the `@`. */
  readonly alias: string;
}

/** Draws people's names; no two people get the same alias. */
export interface NameBook {
  draw(): PersonName;
  /** The same given name with another family name of the same origin. */
  rename(givenName: string, surname: string): PersonName;
}

interface Spelling {
  readonly written: string;
  readonly latin: string;
}

const spell = (entry: string): Spelling => {
  const [written = entry, latin] = entry.split('/');
  return { written, latin: latin ?? toLatin(written) };
};

/** One of a list that is never empty. */
export const pick = <Item>(random: Randomness, items: readonly Item[]): Item => {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
};

export const createNameBook = (random: Randomness): NameBook => {
  const bearers = new Map<string, number>();

  const takeAlias = (name: string): string => {
    const count = (bearers.get(name) ?? 0) + 1;
    bearers.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  };

  const compose = (given: Spelling, family: Spelling, familyFirst: boolean): PersonName => ({
    givenName: given.written,
    surname: family.written,
    displayName: familyFirst ? `${family.written} ${given.written}` : `${given.written} ${family.written}`,
    alias: takeAlias(`${given.latin}.${family.latin}`),
  });

  return {
    draw: () => {
      const { given, family, familyFirst } = pick(random, nameCultures);
      return compose(spell(pick(random, given)), spell(pick(random, family)), familyFirst);
    },
    rename: (givenName, surname) => {
      const own = nameCultures.find(({ given }) => given.some((entry) => spell(entry).written === givenName));
      const { family, familyFirst } = own ?? pick(random, nameCultures);
      const entry = own?.given.find((one) => spell(one).written === givenName) ?? givenName;
      const others = family.map(spell).filter(({ written }) => written !== surname);
      return compose(spell(entry), pick(random, others), familyFirst);
    },
  };
};
