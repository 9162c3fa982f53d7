import { patternFault } from './patternFault.js';

/** .NET's inline options: i, m, s, n, x. */
export interface PatternOptions {
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
  readonly isSingleLine: boolean;
  /** Only groups with a name capture. */
  readonly capturesNamedOnly: boolean;
  /** White space and `#` comments in the pattern mean nothing. */
  readonly ignoresWhiteSpace: boolean;
}

export const defaultOptions: PatternOptions = {
  ignoresCase: false,
  isMultiline: false,
  isSingleLine: false,
  capturesNamedOnly: false,
  ignoresWhiteSpace: false,
};

/** Applies letters such as `i-ms` to the options. */
export function applyOptions(options: PatternOptions, letters: string, offset: number): PatternOptions {
  let isOn = true;
  let applied = options;
  for (const letter of letters) {
    if (letter === '-' || letter === '+') isOn = letter === '+';
    else applied = { ...applied, ...optionOf(letter, isOn, offset) };
  }
  return applied;
}

function optionOf(letter: string, isOn: boolean, offset: number): Partial<PatternOptions> {
  switch (letter.toLowerCase()) {
    case 'i':
      return { ignoresCase: isOn };
    case 'm':
      return { isMultiline: isOn };
    case 's':
      return { isSingleLine: isOn };
    case 'n':
      return { capturesNamedOnly: isOn };
    case 'x':
      return { ignoresWhiteSpace: isOn };
    default:
      throw patternFault(offset, 'has an unknown option');
  }
}
