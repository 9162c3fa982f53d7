/** White space as .NET counts it, which is not quite JavaScript's. */
const leading = /^[\t-\r\x85\p{Z}]+/u;
const whiteSpaceUnit = /[\t-\r\x85\p{Z}]/u;

/** Removes white space from both ends. */
export function trimWhiteSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(leading, '');
}

/** Whether one UTF-16 unit is white space. */
export function isWhiteSpace(unit: string): boolean {
  return whiteSpaceUnit.test(unit);
}
