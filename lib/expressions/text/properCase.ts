import { lowerText, upperText } from './casing.js';

/** The Unicode categories that separate words for .NET's ToTitleCase. */
const separator = /[\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}]/u;

/**
 * Lower case, and every word's first character in upper case. `separators` lists the characters between words; without it they are .NET's
 * (Unicode's separators, controls, punctuation and symbols), among which the apostrophe does not count: D'ythaq.
 */
export function properCase(text: string, separators?: string): string {
  const separates = separators === undefined ? separatesByCategory : (unit: string) => separators.includes(unit);
  let cased = '';
  let isAtStart = true;
  for (const character of lowerText(text)) {
    cased += isAtStart ? titleCharacter(character) : character;
    if (separates(character)) isAtStart = true;
    else if (separators !== undefined || character !== "'") isAtStart = false;
  }
  return cased;
}

function separatesByCategory(character: string): boolean {
  return character !== "'" && separator.test(character);
}

/** Unicode has a title case of its own for four digraphs. */
const titleDigraphs: Readonly<Record<string, string>> = { ǆ: 'ǅ', ǉ: 'ǈ', ǌ: 'ǋ', ǳ: 'ǲ' };

function titleCharacter(character: string): string {
  return titleDigraphs[character] ?? upperText(character);
}
