/** So much of it stays well below what servers and clients take for all headers together. */
const mostWarnings = 10;
const longestText = 300;

/** A quoted string of printable ASCII (RFC 9110, 5.6.4). */
const quote = (text: string): string =>
  `"${text
    .slice(0, longestText)
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/["\\]/g, '\\$&')}"`;

/** The value of a `Warning` header (RFC 7234, 5.5): one warn-code 199 for each text, ten at most; null without any. */
export const toWarningHeader = (texts: readonly string[]): string | null => {
  if (texts.length === 0) return null;
  const others = texts.length - mostWarnings;
  const shown = [...texts.slice(0, mostWarnings), ...(others > 0 ? [`and ${others} more`] : [])];
  return shown.map((text) => `199 - ${quote(text)}`).join(', ');
};
