/** Whether a text has a match of the pattern anywhere, as .NET's `Regex.IsMatch`. */
export const compilePattern = (pattern: string): ((text: string) => boolean) => {
  const expression = new RegExp(pattern, 'u');
  return (text) => expression.test(text);
};
