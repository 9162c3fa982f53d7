/** Whether a text has a match of the pattern anywhere, as .NET's `Regex.IsMatch`. */
export type IsMatch = (text: string) => boolean;

export type PatternResult =
  | { readonly kind: 'pattern'; readonly isMatch: IsMatch }
  | { readonly kind: 'invalid'; readonly position: number | null; readonly message: string };

/** Compiles the pattern of a REGEX MATCH filter. */
export const compilePattern = (pattern: string): PatternResult => {
  try {
    const expression = new RegExp(pattern);
    return { kind: 'pattern', isMatch: (text) => expression.test(text) };
  } catch (error) {
    return { kind: 'invalid', position: null, message: error instanceof Error ? error.message : String(error) };
  }
};
