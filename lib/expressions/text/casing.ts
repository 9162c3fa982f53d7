import { EvaluationError } from '../evaluationError.js';

/** How .NET cases text: the invariant culture, a culture with Turkish i, or any other. */
export type CasingCulture = 'invariant' | 'turkic' | 'general';

/** A culture name as .NET takes it (`en-US`, `tr-TR`; `''` is the invariant one). Throws `EvaluationError` for an unknown one. */
export function toCasingCulture(name: string): CasingCulture {
  if (name === '') return 'invariant';
  const language = name.split('-', 1)[0] ?? '';
  if (!isKnownCulture(name)) {
    throw new EvaluationError('UnknownCulture', 'culture must be a culture name such as en-US or tr-TR');
  }
  return ['tr', 'az'].includes(language.toLowerCase()) ? 'turkic' : 'general';
}

/** Lower case as .NET has it: one character for one, whatever stands around it. */
export function lowerText(text: string, culture: CasingCulture = 'invariant'): string {
  if (isAscii(text) && culture !== 'turkic') return text.toLowerCase();
  let lowered = '';
  for (const character of text) lowered += lowerCharacter(character, culture);
  return lowered;
}

/** Upper case as .NET has it: one character for one, so `ß` stays. */
export function upperText(text: string, culture: CasingCulture = 'invariant'): string {
  if (isAscii(text) && culture !== 'turkic') return text.toUpperCase();
  let raised = '';
  for (const character of text) raised += upperCharacter(character, culture);
  return raised;
}

function lowerCharacter(character: string, culture: CasingCulture): string {
  if (character === 'İ') return culture === 'invariant' ? 'İ' : 'i';
  if (character === 'I' && culture === 'turkic') return 'ı';
  return keepLength(character, character.toLowerCase());
}

function upperCharacter(character: string, culture: CasingCulture): string {
  if (character === 'ı') return culture === 'invariant' ? 'ı' : 'I';
  if (character === 'ſ' && culture === 'invariant') return 'ſ';
  if (character === 'i' && culture === 'turkic') return 'İ';
  const raised = character.toUpperCase();
  return raised.length === character.length ? raised : (greekWithIota(character) ?? character);
}

/** JavaScript spells the iota out (`ᾳ` becomes two letters); the one-to-one mapping is the letter with iota beside. */
function greekWithIota(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCharCode(code | 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9);
  return undefined;
}

function keepLength(character: string, cased: string): string {
  return cased.length === character.length ? cased : character;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}

function isKnownCulture(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1 && Intl.DateTimeFormat.supportedLocalesOf(name).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
