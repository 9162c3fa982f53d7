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
/** Whatever stands below the first combining mark, U+0300, is composed already. */
const onlyComposed = /^[\0-\u02ff]*$/;

/** Replaces letters with diacritics by plain ones: Microsoft's table first, longest match, then by decomposition. */
export function normalizeDiacritics(text: string): string {
  if (onlyAscii.test(text)) return text;
  return onlyComposed.test(text) ? replaceLetters(text) : replaceSequences(text.normalize('NFC'));
}

/** Without combining marks every letter stands for itself. */
function replaceLetters(text: string): string {
  let plain = '';
  let copied = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) < 0x80) continue;
    plain += text.slice(copied, index) + replaceLetter(text.charAt(index));
    copied = index + 1;
  }
  return plain + text.slice(copied);
}

function replaceSequences(composed: string): string {
  let plain = '';
  let before = '';
  for (let index = 0; index < composed.length; ) {
    const sequence = findSequence(composed, index) ?? String.fromCodePoint(composed.codePointAt(index) ?? 0);
    index += sequence.length;
    if (combiningMark.test(sequence) && accentedScript.test(before.slice(-1))) continue;
    before = replaceLetter(sequence);
    plain += before;
  }
  return plain;
}

function findSequence(text: string, index: number): string | undefined {
  if (isPlainAscii(text, index)) return text.charAt(index);
  for (let length = longestSequence; length > 0; length -= 1) {
    const sequence = text.slice(index, index + length);
    if (replacements.has(sequence)) return sequence;
  }
  return undefined;
}

/** An ASCII character that no combining mark follows. */
function isPlainAscii(text: string, index: number): boolean {
  return text.charCodeAt(index) < 0x80 && !(text.charCodeAt(index + 1) >= 0x300);
}

function replaceLetter(letter: string): string {
  return replacements.get(letter) ?? (onlyAscii.test(letter) ? letter : stripMarks(letter));
}

function stripMarks(letter: string): string {
  const [base = letter, ...marks] = letter.normalize('NFD');
  if (!accentedScript.test(base) || !marks.every((mark) => combiningMark.test(mark))) return letter;
  return replacements.get(base) ?? base;
}
