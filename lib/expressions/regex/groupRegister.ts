/** The groups of a pattern. A group is found by its name and by its number, both written as text. */
export interface GroupIndex {
  /** How many there are, the whole match among them. */
  readonly size: number;
  has(name: string): boolean;
  /** The group's place among all groups in the order of their numbers; 0 is the whole match. Undefined for no group. */
  placeOf(name: string): number | undefined;
}

/** Numbers the groups of a pattern in .NET's way: unnamed ones first, left to right, then named ones; a digit name is its number. */
export interface GroupRegister {
  /** Gives the name of the next unnamed group: its number. */
  addUnnamed(): string;
  addNamed(name: string): string;
  index(): GroupIndex;
}

export function createGroupRegister(): GroupRegister {
  const numbered = new Set<number>([0]);
  const named = new Set<string>();
  let nextUnnamed = 1;
  return {
    addUnnamed: () => {
      const number = nextUnnamed;
      nextUnnamed += 1;
      numbered.add(number);
      return String(number);
    },
    addNamed: (name) => {
      if (/^[0-9]+$/.test(name)) numbered.add(Number(name));
      else named.add(name);
      return name;
    },
    index: () => indexGroups(numbered, named),
  };
}

function indexGroups(numbered: ReadonlySet<number>, named: ReadonlySet<string>): GroupIndex {
  const names = new Map<number, string>([...numbered].map((number) => [number, String(number)]));
  let free = 1;
  for (const name of named) {
    while (names.has(free)) free += 1;
    names.set(free, name);
  }
  const places = new Map<string, number>();
  const numbers = [...names.keys()].sort((left, right) => left - right);
  for (const [place, number] of numbers.entries()) {
    places.set(String(number), place);
    places.set(names.get(number) ?? '', place);
  }
  return { size: numbers.length, has: (name) => places.has(name), placeOf: (name) => places.get(name) };
}
