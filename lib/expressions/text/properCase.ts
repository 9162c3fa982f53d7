import { lowerText, upperText } from './casing.js';

/** The Unicode categories that separate words for .NET's ToTitleCase; the apostrophe does not count among them: D'ythaq. */
const separator = /^(?!')[\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}]$/u;
const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;

/**
 * Lower case, and every word's first character in upper case. `separators` lists the characters between words; without it words are .NET's:
 * they begin with their first letter, unless a digit stands before it (3rd).
 */
export function properCase(text: string, separators?: string): string {
  const lowered = lowerText(text);
  return separators === undefined ? caseByCategory(lowered) : caseBetween(lowered, separators);
}

function caseByCategory(lowered: string): string {
  let cased = '';
  let isAtStart = true;
  for (const character of lowered) {
    const isLetter = letter.test(character);
    cased += isAtStart && isLetter ? titleCharacter(character) : character;
    if (isLetter || digit.test(character)) isAtStart = false;
    else if (separator.test(character)) isAtStart = true;
  }
  return cased;
}

function caseBetween(lowered: string, separators: string): string {
  let cased = '';
  let isAtStart = true;
  for (const character of lowered) {
    cased += isAtStart ? titleCharacter(character) : character;
    isAtStart = separators.includes(character);
  }
  return cased;
}

/** Unicode has a title case of its own for four digraphs. */
const titleDigraphs: Readonly<Record<string, string>> = { ǆ: 'ǅ', ǉ: 'ǈ', ǌ: 'ǋ', ǳ: 'ǲ' };

function titleCharacter(character: string): string {
  return titleDigraphs[character] ?? upperText(character);
}
