import { readFileSync } from 'node:fs';

/** A fenced block: the info string behind the fence, and what stands in it. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

export const readReadme = (): string => readFileSync('README.md', 'utf8');

export const readBlocks = (readme: string): readonly Block[] =>
  [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));

/** What a block shows that is no command: output, source code, the tree of folders. */
export const isShown = ({ language, text }: Block): boolean =>
  language !== '' || /^(Initial cycle:|functions\/ )/.test(text);

const mark = /^# needs (Azure|Exchange Online PowerShell)\n/;

export const isMarked = ({ text }: Block): boolean => mark.test(text);

/** The commands of a block, each in one line: comments taken off, continuations and open quotes joined. */
export const readCommands = ({ text }: Block): readonly string[] => {
  const commands: string[] = [];
  let open = '';
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    const code = open === '' ? line.replace(/(^|\s+)# .*$/, '') : line;
    const joined = open === '' ? code : `${open} ${code.trim()}`;
    const isOpen = joined.split("'").length % 2 === 0;
    open = isOpen ? joined : '';
    if (!isOpen && joined.trim() !== '') commands.push(joined.trim());
  }
  return open === '' ? commands : [...commands, open];
};

/** The scripts of package.json that a text calls; `npm start` and `npm test` are short for two of them. */
export const readScripts = (text: string): readonly string[] =>
  [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)].map(([, named, short]) => named ?? short ?? '');

export const sectionOf = (readme: string, title: string): string =>
  readme.split(new RegExp(`^#+ ${title}$`, 'm'))[1]?.split(/^#+ /m)[0] ?? '';
