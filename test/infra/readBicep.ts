import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const kinds = ['param', 'output', 'var', 'resource', 'module', 'func'] as const;
type Kind = (typeof kinds)[number];

/** One declaration of a Bicep file, as its text says. */
export interface Declaration {
  readonly kind: Kind;
  readonly name: string;
  /** What stands in front of it: decorators with what is in their brackets. */
  readonly decorators: string;
  /** Between the name and the equals sign: a type, or a resource's type with its version. */
  readonly type: string;
  /** Behind the equals sign, brackets closed; empty where there is none. */
  readonly value: string;
}

export interface BicepFile {
  /** Below `infra/`. */
  readonly name: string;
  readonly text: string;
  readonly declarations: readonly Declaration[];
}

const folder = 'infra';
const declaration = /^ *(param|output|var|resource|module|func) (\w+)([ (][^=\n]*?)?(?: (?:existing )?=>?\s*|$)/gm;
const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** The text from `start` up to the end of the line on which every bracket is closed. */
const readClosed = (text: string, start: number): string => {
  const open: string[] = [];
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '\n' && open.length === 0) return text.slice(start, at);
    if (letter === "'" && text[at - 1] !== '\\') quoted = !quoted;
    if (quoted) continue;
    if (text.startsWith('//', at)) at = text.indexOf('\n', at) - 1;
    else if (pairs[letter] !== undefined) open.push(pairs[letter]);
    else if (letter === open.at(-1)) open.pop();
  }
  return text.slice(start);
};

/** The lines right above that belong to decorators. */
const readDecorators = (text: string, start: number): string => {
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  return lines.slice(lines.lastIndexOf('') + 1).join('\n');
};

export const parseBicep = (name: string, text: string): BicepFile => ({
  name,
  text,
  declarations: [...text.matchAll(declaration)].flatMap((match) => {
    const kind = kinds.find((one) => one === match[1]);
    if (kind === undefined) return [];
    return {
      kind,
      name: match[2] ?? '',
      decorators: readDecorators(text, match.index),
      type: (match[3] ?? '').trim(),
      value: readClosed(text, match.index + match[0].length),
    };
  }),
});

export const readBicep = (name: string): BicepFile => parseBicep(name, readFileSync(path.join(folder, name), 'utf8'));

export const readAllBicep = (): readonly BicepFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bicep'))
    .sort()
    .map(readBicep);

/** What a declaration of this name is given; throws where there is none. */
export const bodyOf = (file: BicepFile, name: string): string => {
  const found = file.declarations.find((one) => one.name === name);
  if (!found) throw new Error(`${file.name} declares no ${name}.`);
  return found.value;
};

/** Every text between quotes, in order. */
export const textsIn = (value: string): readonly string[] =>
  [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? '');
