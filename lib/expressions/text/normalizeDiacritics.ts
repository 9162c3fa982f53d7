import { diacriticsTable } from './diacriticsTable.js';

/** Letters without a decomposition that the table leaves out. */
const furtherLetters: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ħ: 'h',
  Ħ: 'H',
};

const replacements: ReadonlyMap<string, string> = new Map([
  ...Object.entries(furtherLetters),
  ...Object.entries(diacriticsTable).flatMap(([to, sequences]) =>
    sequences.split(' ').map((sequence) => [sequence, to] as const),
  ),
]);
const longestSequence = Math.max(...[...replacements.keys()].map((sequence) => sequence.length));

/** Letters whose marks are accents. In other scripts a mark is spelling: without it the word is another one. */
const accentedScript = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;
const combiningMark = /^\p{Mn}$/u;
const onlyAscii = /^[\0-\x7f]*$/;

/** Replaces letters with diacritics by plain ones: Microsoft's table first, longest match, then by decomposition. */
export function normalizeDiacritics(text: string): string {
  if (onlyAscii.test(text)) return text;
  const composed = text.normalize('NFC');
  let plain = '';
  let isAfterLetter = false;
  for (let index = 0; index < composed.length; ) {
    if (isPlainAscii(composed, index)) {
      plain += composed.charAt(index);
      index += 1;
      continue;
    }
    const sequence = findSequence(composed, index) ?? String.fromCodePoint(composed.codePointAt(index) ?? 0);
    index += sequence.length;
    if (isAfterLetter && combiningMark.test(sequence)) continue;
    const replacement = replacements.get(sequence) ?? stripMarks(sequence);
    plain += replacement;
    isAfterLetter = accentedScript.test(replacement.slice(-1));
  }
  return plain;
}

/** An ASCII character that no combining mark follows: the first of those is U+0300. */
function isPlainAscii(text: string, index: number): boolean {
  return text.charCodeAt(index) < 0x80 && !(text.charCodeAt(index + 1) >= 0x300);
}

function findSequence(text: string, index: number): string | undefined {
  for (let length = longestSequence; length > 0; length -= 1) {
    const sequence = text.slice(index, index + length);
    if (replacements.has(sequence)) return sequence;
  }
  return undefined;
}

function stripMarks(letter: string): string {
  const [base = letter, ...marks] = letter.normalize('NFD');
  if (!accentedScript.test(base) || !marks.every((mark) => combiningMark.test(mark))) return letter;
  return replacements.get(base) ?? base;
}
